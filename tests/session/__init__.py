"""Tests of the pure session engine, its scores, its conditions and the plays."""

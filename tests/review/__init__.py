"""The blind reading of answers, recomputed."""

"""The audit proved right: against brute force over every run of many small scenarios."""

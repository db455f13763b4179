"""Mutation fuzzing of everything that reads what authors write: `python -m fuzzing --minutes 60`."""

"""Speed, as ratios against a named baseline measured in the same run. Not run with the tests."""

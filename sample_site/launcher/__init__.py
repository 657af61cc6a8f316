"""What `python3 sample_site` and `python3 tests` share; standard library only."""

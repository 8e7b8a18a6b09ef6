"""Fuzzing by coverage, for as long as one likes: see ``run.py``. What it finds becomes a test."""

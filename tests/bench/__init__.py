"""How fast, how large, how much memory: measured by one command, ``python -m tests.bench``."""

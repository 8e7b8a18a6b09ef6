"""How many small faults put into the code on purpose the tests find. See ``run.py``."""

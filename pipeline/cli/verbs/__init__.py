"""One module a verb: its options, and how its result is printed. What it does lies in ``commands``."""

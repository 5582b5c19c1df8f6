"""The pictures of the documentation, taken of what the demo puts out: ``make pictures``."""

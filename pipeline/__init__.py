"""The way of a sheet: inbox, read, validate, merge, assign, render, deliver, outbox."""

import logging

__version__ = "0.2.0"
"""Of the program; what a ledger is laid out by has a number of its own."""

logging.getLogger(__name__).addHandler(logging.NullHandler())  # nothing is logged unless somebody asks: ``--verbose``

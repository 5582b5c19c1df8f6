"""The way of a sheet: inbox, read, validate, merge, assign, render, deliver, outbox."""

import logging

logging.getLogger(__name__).addHandler(logging.NullHandler())  # nothing is logged unless somebody asks: ``--verbose``

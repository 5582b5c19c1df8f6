"""The way of a sheet: inbox, read, validate, merge, assign, render, deliver, outbox."""

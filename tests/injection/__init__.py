"""No text from a sheet becomes anything but text where it leaves."""

"""One module a verb. Each takes settings and gives a value back; nothing here prints."""

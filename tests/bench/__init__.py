"""What `make bench` measures: whole commands, ours against a plain script, in one run on one machine."""

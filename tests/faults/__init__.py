"""What goes wrong around a run: each is said plainly, and the next run completes the work."""

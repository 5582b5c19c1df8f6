"""Records and register → what changes: events, conflicts, refused steps. Decides, does not store."""

"""One run at a time: by a lock on this machine, by a lease on a server."""

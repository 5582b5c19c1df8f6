"""Where sheets are read: in worker processes of this machine, or on a cluster."""

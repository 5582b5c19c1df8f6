"""What tests of several folders share: offices, a made-up procedure, a PostgreSQL, a cluster."""

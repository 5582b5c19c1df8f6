"""The only part that touches disk, database and mail."""

"""Which form a sheet is, and which label means which field."""

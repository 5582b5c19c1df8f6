"""Papers → ledger: what was dropped is collected, checked, merged, assigned, and what follows from it is entered."""

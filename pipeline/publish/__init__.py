"""Ledger → papers: the snapshot of a run, the reports drawn from it, returned files, outgoing mail."""

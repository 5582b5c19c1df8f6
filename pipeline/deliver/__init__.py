"""Delivers what a run has to say: packs mails for the line, and sends those that wait, each recorded as it goes."""

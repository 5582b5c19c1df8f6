"""Delivers what a run has to say: composes mails, and sends those that wait, each recorded as it goes."""

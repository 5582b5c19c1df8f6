"""Rules of reading: files that cannot be opened, sheets and labels that are not known."""

from __future__ import annotations

from schemas.form import Rule, Severity, Words

READING: tuple[Rule, ...] = ()

"""Rules of reading: files that cannot be opened, sheets and labels that are not known."""

from __future__ import annotations

from schemas.form import Rule

READING: tuple[Rule, ...] = ()

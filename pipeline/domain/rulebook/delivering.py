"""Rules of what leaves: mails that could not be sent."""

from __future__ import annotations

from schemas.form import Rule

DELIVERING: tuple[Rule, ...] = ()

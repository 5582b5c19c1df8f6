"""Rules of converting cells and of single columns: the same for every form."""

from __future__ import annotations

from schemas.form import Rule

VALUES: tuple[Rule, ...] = ()

"""What people call a record."""

from __future__ import annotations

from pipeline.domain.record import RecordState
from schemas.language import FieldRole, Register


def title_of(register: Register, entry: RecordState | None) -> str:
    """Return what people call *entry*, "" when it has no name."""
    field = register.meaning(FieldRole.TITLE)
    return str(entry.values.get(field.code, "")) if field and entry else ""


def title_or_key(register: Register, entry: RecordState) -> str:
    """Return what people call *entry*, its key when it has no name."""
    return title_of(register, entry) or entry.key

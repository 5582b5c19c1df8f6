"""Mail that a sheet leads to another address."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.domain.place import Place
from schemas.language import Form


@dataclass(frozen=True, slots=True)
class EmailChange:
    """From which address to which the mail of the person *number* goes since *run*, and where that was written."""

    number: str
    name: str
    before: str
    after: str
    place: Place
    form: Form
    field: str
    run: int
    refused: bool = False
    """Whether mails to the address before were given up."""

"""What a signature fixes: the lines that stand when a record is signed."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.language.field import Field


@dataclass(frozen=True, slots=True)
class Sealed:
    """The lines of the register that declares it are signed for by a record of another one.

    A line that comes after the signature counts in the next period that nobody has signed yet, and says so
    (``counted_in``), or else sends the record back to be signed again; so does a line that changes. Where that is not
    possible any more (``final``), a line is not changed.
    """

    register: str
    """Of the records that are signed."""
    key: str
    """``str.format`` template of such a record's key over the fields of a line."""
    states: tuple[str, ...]
    """In which it is signed, by the first of several at least."""
    fixed: tuple[str, ...]
    """The fields of a line that are signed for."""
    reopens: str
    """The state in which it waits to be signed again; what the stages from there on asked is blank again."""
    final: tuple[str, ...] = ()
    """Of ``states``: in which it cannot be signed again."""
    period: str = ""
    """Code of a line's month."""
    counted_in: Field | None = None
    """The field, filled by the program, that tells the month a line counts in; None where periods do not follow each other."""

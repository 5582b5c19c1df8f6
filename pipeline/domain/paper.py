"""What one paper said, row by row, as it was written: the ground on which a later paper of its line is read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath

OF_WORKLISTS = "@"
"""Before the form's code of a paper that is the page of a worklist: nobody's own sheet goes on from one."""
_COPY = re.compile(r"副本|退回件?|更正后?|修改后?|最终版?|新建|copy|returned|corrected|final|[\W\d_]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PaperRows:
    """The rows of one sheet. ``columns`` hold the cells by field code, a text as written for each row ("" for a blank);
    ``keys`` the record of each row ("" where the program gives the number), ``rows`` its first cell, packed.
    """

    sheet: str
    keys: Sequence[str]
    rows: Sequence[int]
    columns: Mapping[str, Sequence[str]]
    taken: Sequence[bool] = ()
    """Whether the row entered, or said what stood already."""

    def texts(self, at: int) -> dict[str, str]:
        """Return the cells of row *at* by field code."""
        return {code: column[at] for code, column in self.columns.items()}


@dataclass(frozen=True, slots=True)
class Paper:
    """What a submission said by one form."""

    submission: str
    form: str
    made: datetime
    """When its author saved it."""
    lineage: str
    """The submission that it is a later copy of, as far as the file itself tells; else its own hash."""
    author: str = ""
    """Who filled it: the person in whose folder of the inbox it lay, or whom all its rows name; "" when nobody is named."""
    first_author: str = ""
    """Who filled the first paper of the line, where this is a return of it: whoever brings that back speaks for him, too."""
    stem: str = ""
    """What is left of the file's name without marks of copies, days and numbers."""
    sheets: Sequence[PaperRows] = field(default_factory=tuple)

    def is_copy(self, other: Paper) -> bool:
        """Tell whether both are the very same sheet in two states, not two sheets of one author."""
        return self.lineage == other.lineage or bool(self.stem and self.stem == other.stem)

    def continues(self, earlier: Paper) -> bool | None:
        """Tell whether this is the *earlier* paper again, by what the two say of themselves. None: neither is known, the
        rows have to tell.
        """
        if self.lineage == earlier.lineage:
            return True
        if self.author and earlier.author:
            return earlier.author in (self.author, self.first_author)
        if self.stem and self.stem == earlier.stem:
            return True
        return None


def stem_of(name: str) -> str:
    """Return what tells the file *name* from others when marks of copies, days and numbers are left out.

    >>> stem_of("李敏/台账 2026-11-24 副本(2).xlsx")
    '台账'
    """
    return _COPY.sub("", PurePosixPath(name).stem).casefold()

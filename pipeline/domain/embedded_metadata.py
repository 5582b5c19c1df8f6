"""What a workbook of ours carries so that it is known again when it comes back, under whatever name.

A very hidden sheet named ``SHEET`` holds one pair a row, key in column A and value in column B: ``KIND`` says which
report it is; a worklist adds ``PERSON`` and ``RUN``, and for each sheet to fill ``sheet:<its name>`` with the form's
code, ``rows:<number>:<its name>`` with the tokens of its rows, a line each, ``refused:<number>:<its name>`` with those of them that
stand filled since they were refused, and ``shown:<number>:<its name>`` with what
the columns that are only shown hold (as JSON, by label and token), ``signed:<its name>`` with the name that stands
beforehand as who did the step; a returned sheet adds ``SUBMISSION``, the hash of the file as it was dropped, ``MEMBER`` when it
came in a zip of workbooks, and the colours below its marks (``fill:<its sheet>``). ``skip:<its name>`` (with an empty value) marks a page that is no data,
``card:<its name>`` one to take along to a customer.
Each row of a worklist carries a token in a hidden last column whose header is ``TOKEN_LABEL``: the record's key and
version.

A master adds the state of the books, the day and the language that it was written from, ``SHEETS`` with the titles of
all its sheets (a line each) and ``ADDED_SHEETS`` with those of them that staff added; ``sheet:<its name>`` leads to the
code of a register, ``columns:<its name>`` and ``added:<its name>`` to the labels of our columns and of theirs,
``hidden:<its name>`` to those that were hidden or folded, ``filters:<its name>`` to what stayed in sight, ``widths:<its name>``
to how wide columns were (both as JSON, by label). A part of a master adds ``AREA``, and the bounds of its keys, ``FIRST`` and ``LAST``.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime, time

from pipeline.domain.edited_master import Written, WrittenPage
from pipeline.domain.partition import PartitionRange
from pipeline.domain.position import Position

SHEET = "_ruwang"
TOKEN_LABEL = "#ruwang"

KIND = "kind"
PERSON = "person"
RUN = "run"
SUBMISSION = "submission"
MEMBER = "member"
STATE = "state"
DAY = "day"
LANGUAGE = "language"
SHEETS = "sheets"
ADDED_SHEETS = "added sheets"
AREA = "area"
FIRST = "first"
LAST = "last"
_SHEET_PREFIX = "sheet:"
_SKIP_PREFIX = "skip:"
_CARD_PREFIX = "card:"
_ROW_PREFIX = "row:"
"""Of a pair a row, token and sheet: so earlier versions wrote them."""
_ROWS_PREFIX = "rows:"
_REFUSED_PREFIX = "refused:"
_REFUSED_IN = "+"
_SIGNS_OF_HASH = 12
_MOST_SIGNS = 32_000
"""In one cell, of which a file takes 32,767."""
_SHOWN_PREFIX = "shown:"
_SIGNED_PREFIX = "signed:"
_LOST_AT_AN_END = re.compile(r"^[\s=+\-@']|\s$")
"""What a cell must not begin or end with, for it to come back as it was: in JSON it can be written otherwise."""
_COLUMNS_PREFIX = "columns:"
_ADDED_PREFIX = "added:"
_HIDDEN_PREFIX = "hidden:"
_WIDTHS_PREFIX = "widths:"
_FILTERS_PREFIX = "filters:"

WORKLIST = "worklist"
TEMPLATE = "template"
RETURN = "return"
EXCEPTIONS = "exceptions"
REPORT = "report"  # master, exceptions, handover: nothing in it is to be read


def sheet_entry(title: str) -> str:
    """Return the key under which the form of the sheet called *title* is carried."""
    return _SHEET_PREFIX + title


def skip_entry(title: str) -> str:
    """Return the key that marks the sheet called *title* as no data."""
    return _SKIP_PREFIX + title


def card_entry(title: str) -> str:
    """Return the key that marks the sheet called *title* as a card, in a workbook whose sheets are tables else."""
    return _CARD_PREFIX + title


def row_entries(title: str, tokens: Iterable[str]) -> dict[str, str]:
    """Return what carries the *tokens* of all rows of the sheet called *title*: a row that was removed is known."""
    return _lines(_ROWS_PREFIX, title, tokens)


def refused_entries(title: str, tokens: Iterable[str]) -> dict[str, str]:
    """Return what carries the *tokens* of the rows that stand filled on the sheet: one that comes back blank is taken back."""
    return _lines(_REFUSED_PREFIX, title, tokens)


def _lines(prefix: str, title: str, tokens: Iterable[str]) -> dict[str, str]:
    parts: list[str] = []
    for token in tokens:
        if parts and len(parts[-1]) + len(token) < _MOST_SIGNS:
            parts[-1] += f"\n{token}"
        else:
            parts.append(token)
    return {f"{prefix}{number}:{title}": part for number, part in enumerate(parts, 1)}


def shown_entries(title: str, cells: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return what carries what the columns of the sheet called *title* that are only shown held: by label and token."""
    text = json.dumps(cells, ensure_ascii=False, separators=(",", ":"))
    parts = [text[at : at + _MOST_SIGNS] for at in range(0, len(text), _MOST_SIGNS)]
    parts = [_LOST_AT_AN_END.sub(lambda found: f"\\u{ord(found[0]):04x}", part) for part in parts]
    return {f"{_SHOWN_PREFIX}{number}:{title}": part for number, part in enumerate(parts, 1)}


def quoted_columns(columns: Iterable[tuple[str, Iterable[object]]], tokens: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return what *columns*, each a label and a cell for each of *tokens*, hold, as ``shown_entries`` takes it."""
    return {
        label: {token: quoted_cell(cell) for token, cell in zip(tokens, cells, strict=True)} for label, cells in columns
    }


def shown_cells(metadata: Mapping[str, str], title: str) -> dict[str, dict[str, str]] | None:
    """Return by label and token what the columns of a worklist's sheet that are only shown held; None where it does not
    say so, as those of earlier versions.
    """
    parts: list[str] = []
    while (part := metadata.get(f"{_SHOWN_PREFIX}{len(parts) + 1}:{title}")) is not None:
        parts.append(part)
    try:
        held = json.loads("".join(parts)) if parts else None
        return None if held is None else {str(label): dict(texts) for label, texts in held.items()}
    except (ValueError, AttributeError, TypeError):  # somebody has written into the hidden sheet
        return None


def signed_entry(title: str) -> str:
    """Return the key under which the name is carried that the sheet called *title* was signed with beforehand."""
    return _SIGNED_PREFIX + title


def quoted_cell(value: object) -> str:
    """Return a cell as ``shown_entries`` quotes it, whatever program has saved it since: a day without its time, a whole
    number without its decimals, white space as one blank.
    """
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time.min else value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else " ".join(str(value).split())


def columns_entry(title: str) -> str:
    """Return the key under which the labels of our columns on the sheet called *title* are carried, a line each."""
    return _COLUMNS_PREFIX + title


def added_entry(title: str) -> str:
    """Return the key under which the labels of the columns that staff added to the sheet are carried, a line each."""
    return _ADDED_PREFIX + title


def setup_entries(
    title: str, hidden: Iterable[str], filters: Mapping[str, Sequence[str]], widths: Mapping[str, float]
) -> dict[str, str]:
    """Return what carries which columns of the sheet called *title* were *hidden*, its *filters* and *widths*, by labels."""
    pairs = {
        _HIDDEN_PREFIX + title: "\n".join(hidden),
        _FILTERS_PREFIX + title: json.dumps(filters) if filters else "",
        _WIDTHS_PREFIX + title: json.dumps(widths, ensure_ascii=False) if widths else "",
    }
    return {key: value for key, value in pairs.items() if value}


def written(metadata: Mapping[str, str]) -> Written | None:
    """Return what the master that brought *carried* was written from; None for any other workbook."""
    if metadata.get(KIND) != REPORT or STATE not in metadata:
        return None
    try:
        day = date.fromisoformat(metadata.get(DAY, ""))
    except ValueError:
        return None
    return Written(
        position=Position.parse(metadata[STATE]),
        day=day,
        language="en" if metadata.get(LANGUAGE) == "en" else "zh",
        registers=_by_title(metadata, _SHEET_PREFIX),
        labels={title: lines.split("\n") for title, lines in _by_title(metadata, _COLUMNS_PREFIX).items()},
        pages=_pages(metadata),
        titles=metadata.get(SHEETS, "").split("\n"),
        sheets=[title for title in metadata.get(ADDED_SHEETS, "").split("\n") if title],
        extent=_extent(metadata),
    )


def _pages(metadata: Mapping[str, str]) -> dict[str, WrittenPage]:
    added, hidden = _by_title(metadata, _ADDED_PREFIX), _by_title(metadata, _HIDDEN_PREFIX)
    filters, widths = _by_title(metadata, _FILTERS_PREFIX), _by_title(metadata, _WIDTHS_PREFIX)
    return {
        title: WrittenPage(
            added[title].split("\n") if title in added else (),
            frozenset(hidden[title].split("\n")) if title in hidden else frozenset(),
            _filters(filters.get(title, "")),
            _widths(widths.get(title, "")),
        )
        for title in {**added, **hidden, **filters, **widths}
    }


def _filters(text: str) -> dict[str, tuple[str, ...]]:
    try:
        held = json.loads(text or "{}")
        return {str(label): tuple(map(str, texts)) for label, texts in held.items()}
    except (ValueError, AttributeError, TypeError):  # somebody has written into the hidden sheet
        return {}


def _widths(text: str) -> dict[str, float]:
    try:
        return {str(label): float(width) for label, width in json.loads(text or "{}").items()}
    except (ValueError, AttributeError, TypeError):
        return {}


def _extent(metadata: Mapping[str, str]) -> PartitionRange | None:
    if AREA not in metadata:
        return None
    return PartitionRange(metadata[AREA], metadata.get(FIRST, ""), metadata.get(LAST, ""))


def _by_title(metadata: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {key.removeprefix(prefix): value for key, value in metadata.items() if key.startswith(prefix)}


@dataclass(frozen=True, slots=True)
class Worklist:
    """What a worklist was written with: whose it is, and for each sheet to fill its form and the tokens of its rows."""

    person: str
    forms: Mapping[str, str]
    rows: Mapping[str, Set[str]]
    refused: Mapping[str, Set[str]] = field(default_factory=dict)
    """Of ``rows`` those that stood filled on it."""


def worklist_metadata(metadata: Mapping[str, str]) -> Worklist | None:
    """Return what the worklist that brought *carried* was written with; None for any other workbook."""
    if metadata.get(KIND) != WORKLIST:
        return None
    forms = {key.removeprefix(_SHEET_PREFIX): form for key, form in metadata.items() if key.startswith(_SHEET_PREFIX)}
    return Worklist(metadata.get(PERSON, ""), forms, _tokens(metadata), _tokens(metadata, _REFUSED_PREFIX))


def tokens_of(metadata: Mapping[str, str], title: str) -> Set[str]:
    """Return the tokens of the rows that the sheet called *title* was written with."""
    return _tokens(metadata).get(title, set())


def _tokens(metadata: Mapping[str, str], prefix: str = _ROWS_PREFIX) -> dict[str, set[str]]:
    rows: dict[str, set[str]] = defaultdict(set)
    for key, title in metadata.items():
        if key.startswith(_ROW_PREFIX) and prefix == _ROWS_PREFIX:
            rows[title].add(key.removeprefix(_ROW_PREFIX))
        elif key.startswith(prefix):
            rows[key.split(":", 2)[2]].update(title.split("\n"))
    return dict(rows)


def token(key: str, version: int, refused_in: str = "") -> str:
    """Return what a worklist's row carries for the record *key* as it stood at *version*; of a row that stands filled since it
    was refused also the submission in which it was.
    """
    return f"{key}@{version}" + (f"{_REFUSED_IN}{refused_in[:_SIGNS_OF_HASH]}" if refused_in else "")


def parse_token(text: str) -> tuple[str, int] | None:
    """Return key and version of a token, or None when *text* is none (somebody typed in the hidden column)."""
    key, at, version = plain_token(text).rpartition("@")
    return (key, int(version)) if at and key and version.isascii() and version.isdigit() else None


def plain_token(text: str) -> str:
    """Return a token without the submission in which its row was refused."""
    token, _, origin = text.rpartition(_REFUSED_IN)
    return token if token and len(origin) == _SIGNS_OF_HASH and "@" in token else text


def refused_in(text: str) -> str:
    """Return how the submission begins in which the row of a token was refused; "" where it was not."""
    return text[len(plain_token(text)) + len(_REFUSED_IN) :]

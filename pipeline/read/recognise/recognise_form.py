"""Which form a table or card is: exactly one, by its labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.read.recognise.labels import Codes, Labels, normalise
from schemas.language import Form

Meaning = Mapping[int, Codes] | None
_LETTERS = 3
"""As many letters say about as much as a Chinese sign."""


@dataclass(frozen=True, slots=True)
class FormChoice:
    """``form`` is the one that fits; else ``rivals`` are those that fit equally, or ``nearest`` comes closest.

    Forms are numbers in ``Labels.forms``.
    """

    form: int | None = None
    rivals: tuple[int, ...] = ()
    nearest: int | None = None


def choose(labels: Labels, said: Iterable[tuple[str, Meaning]], titles: Sequence[str]) -> FormChoice:
    """Return the form that the labels found belong to (*said*: each as written, and what it means); *titles* are what
    stands above them.

    A form whose title is written comes first, then one all of whose required labels are there, then the one with more
    labels as it has them itself, then with more by other words. A form that the program alone opens is none of them.
    """
    found: dict[int, set[str]] = {}
    own: dict[int, int] = {}
    for text, meaning in said:
        written = labels.written_in(text) if meaning else ()
        for number, codes in (meaning or {}).items():
            if number not in labels.closed:
                found.setdefault(number, set()).update(codes)
                own[number] = own.get(number, 0) + (number in written)
    if not found:
        return FormChoice()
    most = max(len(codes) for codes in found.values())
    ranks = {}
    for number, present in found.items():
        form = labels.forms[number]
        many = len(present) * 2 >= most  # of a form with two labels, both may stand on the sheet of another
        named = mention(form, titles) if many else 0
        ranks[number] = (named, many and required_codes(form) <= present, own[number], len(present))
    best = max(ranks.values())
    first = [number for number, rank in ranks.items() if rank == best]
    fitting = [number for number in first if _fits(labels.forms[number], found[number])]
    if len(fitting) == 1 and len(first) == 1:
        return FormChoice(form=fitting[0])
    if len(fitting) > 1:
        return FormChoice(rivals=tuple(fitting))
    return FormChoice(nearest=max(first, key=lambda number: len(found[number])))


def required_codes(form: Form) -> set[str]:
    """Return the fields without which no record of *form* is whole; those that stand once a sheet are not counted."""
    return {field.code for field in form.fields if field.required and not field.once}


def mention(form: Form, titles: Iterable[str]) -> int:
    """Return how much the longest title of *form* that *titles* hold says, 0 when there is none."""
    names = [normalise(name) for name in (form.title.zh, form.title.en, form.number, *form.titles) if name]
    return max((_said_by(name) for title in titles for name in names if name in normalise(title)), default=0)


def _said_by(name: str) -> int:
    """Return how long *name* is, a Chinese sign as much as a few letters: Campaign in a file's name says less than 活动签到表."""
    return sum(1 if sign.isascii() else _LETTERS for sign in name)


def _fits(form: Form, found: set[str]) -> bool:
    required = required_codes(form)
    return len(found) >= 2 and (form.key.code in found or 2 * len(required & found) >= len(required))

"""What a worklist's cell has said before, and its person has said otherwise elsewhere since: his later word stands.

An old worklist comes back with a row mended, or only now. Its other cells are as they were typed at first; what they say is
no newer than that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from pipeline.domain.embedded_metadata import TOKEN_LABEL, parse_token, plain_token, refused_in
from pipeline.domain.extract import Extract
from pipeline.domain.finding import Finding
from pipeline.domain.paper import Paper
from pipeline.domain.record import Event
from pipeline.domain.record_fold import fold
from pipeline.intake.repeated_pages import RepeatedPages
from pipeline.intake.said_otherwise import set_back_reminders
from pipeline.merge.statement import last_setter
from pipeline.outside.ledger import UnitOfWork
from pipeline.validate.convert_cells import convert_apart
from schemas.language import Form, Register

_State = tuple[datetime, bool, Mapping[str, str], str]
"""Of a row of an earlier copy: when that was saved, whether the row was taken, what it said, and the submission."""


@dataclass(slots=True)
class LaterWords:
    """*extracts* by form, in which the cells that give way are silent; a reminder of each that has never entered."""

    extracts: dict[str, list[Extract]]
    findings: list[Finding] = field(default_factory=list)
    silent: set[tuple[str, str, str]] = field(default_factory=set)
    """Form, key and field of those cells."""


def give_way_to_later_words(
    register: Register,
    extracts: Mapping[str, Sequence[Extract]],
    pages: RepeatedPages,
    authors: Mapping[str, str],
    uow: UnitOfWork,
    today: date,
) -> LaterWords:
    """Return *extracts*, those of the worklists *pages* without what their person has said otherwise since he typed it.

    *authors* tell by submission who speaks in a worklist. Only what opens the register is looked at: the answers of a step
    have rounds of their own.
    """
    result = LaterWords({code: list(held) for code, held in extracts.items()})
    papers = {(paper.submission, rows.sheet): paper for paper in pages.papers for rows in paper.sheets}
    for form in register.forms:
        for at, extract in enumerate(result.extracts.get(form.code, ())):
            paper = papers.get((extract.submission, extract.sheet)) if extract.tokens else None
            author = authors.get(extract.submission, "")
            if paper is not None and author:
                earlier = _EarlierCells(paper, pages.earlier.get((paper.submission, paper.form), ()))
                silent = _silent(register, form, extract, author, earlier, uow, today, result)
                if silent:
                    result.extracts[form.code][at] = replace(extract, silent={**extract.silent, **silent})
    return result


def _silent(
    register: Register,
    form: Form,
    extract: Extract,
    author: str,
    earlier: _EarlierCells,
    uow: UnitOfWork,
    today: date,
    result: LaterWords,
) -> dict[str, dict[int, Any]]:
    """Return by field and position the cells of *extract* that give way, with what the register holds there."""
    tokens = {at: token for at, text in enumerate(extract.tokens) if (token := parse_token(text)) is not None}
    states = uow.records.get(register.code, keys={key for key, _ in tokens.values()}) if tokens else {}
    silent: dict[str, dict[int, Any]] = {}
    for at, (key, version) in tokens.items():
        state = states.get(key)
        if state is None or state.version <= version:
            continue
        reminded: dict[str, str] = {}
        life = uow.events.find(register=register.code, key=key)
        for code, setter in _moved(register, form, extract, at, author, version, life):
            (value,) = convert_apart(form, form.field(code), [extract.values[code][at]], today)
            written = fold(event for event in life if event.number <= version)
            if value is None or value in (state.values.get(code), written.values.get(code) if written else None):
                continue
            since, entered = earlier.since(extract.sheet, extract.rows[at], code)
            made = uow.papers.made(setter.submission)
            if made > (since or earlier.made) if made is not None else since is not None:
                silent.setdefault(code, {})[at] = state.values.get(code)
                result.silent.add((form.code, key, code))
                reminded |= {} if entered else {code: author}
        result.findings += set_back_reminders(form, extract, at, key, reminded, state, today) if reminded else ()
    return silent


def _moved(
    register: Register, form: Form, extract: Extract, at: int, author: str, version: int, life: Sequence[Event]
) -> Iterator[tuple[str, Event]]:
    """Yield the filled fields of row *at* that *author* himself has set since the row was written, with that event."""
    since = [event for event in life if event.number > version]
    for code in sorted({code for event in since for code in event.values} & extract.values.keys()):
        setter = last_setter(since, code)
        is_opening = code != form.key.code and register.base.get(code) is not None
        if setter is not None and setter.actor == author and is_opening and extract.values[code][at] is not None:
            yield code, setter


class _EarlierCells:
    """What earlier copies of the worklist *paper* (*earlier*, the oldest first) said, looked up once it is asked for."""

    def __init__(self, paper: Paper, earlier: Sequence[Paper]) -> None:
        self.made = paper.made
        self._paper = paper
        self._papers = earlier
        self._states: dict[str, list[_State]] | None = None

    def since(self, sheet: str, row: int, code: str) -> tuple[datetime | None, bool]:
        """Return since when the cell *code* of *row* has said what it says (None: it is said anew), and whether it has
        entered so. Of the copies from which the row may have come it is the closest.
        """
        rows = next((each for each in self._paper.sheets if each.sheet == sheet and row in each.rows), None)
        if rows is None:
            return None, False
        texts = rows.texts(rows.rows.index(row))
        if self._states is None:
            self._states = _by_token(self._papers)
        states = _line_of(texts[TOKEN_LABEL], self._states)
        alike = [sum(earlier.get(name, "") == text for name, text in texts.items()) for _, _, earlier, _ in states]
        closest = max(range(len(states)), key=lambda number: (alike[number], number), default=-1)
        since: datetime | None = None
        entered = False
        for made, taken, earlier, _ in reversed(states[: closest + 1]):
            if earlier.get(code, "") != texts.get(code, ""):
                break
            since, entered = made, entered or taken
        return since, entered


def _by_token(papers: Iterable[Paper]) -> dict[str, list[_State]]:
    found: dict[str, list[_State]] = defaultdict(list)
    for paper in papers:
        for rows in paper.sheets:
            for at, token in enumerate(rows.columns.get(TOKEN_LABEL, ())):
                found[token].append((paper.made, bool(rows.taken) and rows.taken[at], rows.texts(at), paper.submission))
    return found


def _line_of(token: str, states: Mapping[str, Sequence[_State]]) -> list[_State]:
    """Return the states of the row that bears *token*, the oldest first: a row that stands filled goes on from the one that was
    refused.
    """
    line: list[_State] = list(states.get(token, ()))
    plain, seen = plain_token(token), set[str]()
    while (origin := refused_in(token)) and token not in seen:
        seen.add(token)
        refused = [
            (other, each)
            for other, held in states.items()
            if plain_token(other) == plain
            for each in held
            if each[3].startswith(origin)
        ]
        if not refused:
            break
        line[:0] = [each for _, each in refused]
        token = refused[0][0]
    return line

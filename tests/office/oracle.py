"""The oracle: what each person has said, and so what the register may hold. It shares no code with the product.

A statement is a cell that differs from its base. The base of a cell in a workbook of ours is what we wrote there; of
a sender's own sheet what this lineage of papers, or this author, last said of that record's field; else blank. Where
people themselves could not tell whether somebody said a thing anew (an old copy with a cell mended), the oracle lets
the register do either: it accuses only where it is sure.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tests.office import words
from tests.office.papers import Kind, Paper, Row

Cells = Mapping[str, Mapping[str, str]]
"""By key of the record and field code; "" and absent are blank."""
ANY = "*"
"""The base of what is said whatever stands there: a change sheet."""
DUE = {"verdict": "to_verify", "conclusion": "to_review"}


@dataclass(frozen=True)
class Statement:
    """Somebody says of a record's field what it is."""

    paper: int
    author: str
    key: str
    field: str
    value: str
    bases: frozenset[str]
    """What its author may have seen there before."""
    sure: bool
    """Whether it is certain that this was meant to be said."""
    row: Row = dataclasses.field(compare=False, repr=False, hash=False)

    def differs(self, stands: str) -> bool:
        """Whether the register has moved on from what the author knew, to another value than his."""
        return stands not in self.bases and ANY not in self.bases and stands not in ("", self.value)


@dataclass(frozen=True)
class Step:
    """Somebody takes a step with one row: all its own fields, blanks too."""

    paper: int
    author: str
    key: str
    deciding: str
    cells: tuple[tuple[str, str], ...]
    sure: bool
    row: Row = field(compare=False, repr=False, hash=False)

    @property
    def values(self) -> dict[str, str]:
        return dict(self.cells)


@dataclass(frozen=True)
class Wrong:
    """What may not be: which invariant, and of what."""

    invariant: str
    said: str
    key: str = ""


@dataclass
class Said:
    """What one lineage, or one author, said of a field: what was taken, oldest first, and what may have been."""

    taken: list[str] = field(default_factory=list)
    tried: set[str] = field(default_factory=set)

    @property
    def last(self) -> str:
        return self.taken[-1] if self.taken else ""


@dataclass
class After:
    """What can be seen after a run, by the oracle's questions."""

    refused: Callable[[int, Row], bool]
    """Whether the product says that something is wrong with this row of that paper."""
    told: Callable[[str, str, str], bool]
    """Whether a person, by staff number, is told of this record's field."""
    can_be_told: Callable[[str], bool]
    """Whether that person is still there."""


class Oracle:
    """Holds what was said; judges one batch after another."""

    def __init__(self) -> None:
        self._said: dict[tuple[str, str, str], Said] = defaultdict(Said)
        self._holder: dict[tuple[str, str], str] = {}
        self._steps: dict[tuple[str, str, str], list[tuple[tuple[str, str], ...]]] = defaultdict(list)
        self._tried: set[tuple[str, str, tuple[tuple[str, str], ...]]] = set()
        self._answered: dict[tuple[str, str], str] = {}
        self._waiting: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.accepted: dict[int, set[str]] = {}
        """By paper: the keys of rows with which nothing was wrong."""
        self.statements = self.conflicts = self.lost = self.refused = 0

    # what papers say --------------------------------------------------------------------------------------------------

    def statements_of(self, paper: Paper) -> Iterator[Statement | Step]:
        """Yield what a paper says anew."""
        for row in paper.rows:
            if paper.again and row.key in self.accepted.get(paper.again, ()):
                continue  # an earlier paper again says nothing of what it brought then
            if paper.kind is Kind.CHANGE:
                yield from self._change(paper, row)
                continue
            step = self._step(paper, row)
            if step is not None:
                yield step
            own = set(step.values) if step else set()
            for code in words.AUDITED:
                said = self._cell(paper, row, code) if code not in own else None
                if said is not None:
                    yield said

    def _change(self, paper: Paper, row: Row) -> Iterator[Statement]:
        if row.cells.get("change_kind") == "changed":
            code = row.cells.get("change_field", "")
            value = row.cells.get("changed_value", "")
            yield Statement(paper.number, paper.author, row.key, code, value, frozenset({ANY}), False, row)

    def _step(self, paper: Paper, row: Row) -> Step | None:
        for deciding, codes in words.STEPS.items():
            if paper.kind is not Kind.WORKLIST or deciding not in row.cells or not row.cells[deciding]:
                continue
            if (row.written or {}).get(deciding):
                continue
            cells = tuple((code, row.cells.get(code, "")) for code in codes)
            before = self._steps[paper.lineage, row.key, deciding]
            if cells in before:
                return None
            sure = not before and not paper.again and (row.key, deciding, cells) not in self._tried
            return Step(paper.number, paper.author, row.key, deciding, cells, sure, row)
        return None

    def _cell(self, paper: Paper, row: Row, code: str) -> Statement | None:
        value = row.cells.get(code, "")
        own_step = code in words.VISIT or code in words.REVIEW
        if not value or (own_step and paper.kind is Kind.WORKLIST):
            return None  # a blank never overwrites; a step is taken with its whole row
        ours = self._said[f"lineage {paper.lineage}", row.key, code]
        theirs = self._said[f"author {paper.author}", row.key, code]
        if value in (ours.last, theirs.last):
            return None
        written = (row.written or {}).get(code, "")
        in_our_workbook = paper.kind in (Kind.WORKLIST, Kind.MASTER)
        repeats = row.written is not None and value == written and bool(in_our_workbook or ours.taken)
        if repeats and (in_our_workbook or row.key in self.accepted.get(paper.returned, {row.key})):
            return None
        said_before = {*ours.taken, *theirs.taken, *ours.tried, *theirs.tried}
        bases = {base for base in (ours.last, theirs.last) if base}
        if in_our_workbook:
            bases = {ours.last or written}
        sure = (value not in said_before or code in row.meant) and not own_step and not paper.again and not repeats
        author = paper.author if paper.known else f"?{paper.author}"
        return Statement(paper.number, author, row.key, code, value, frozenset(bases or {""}), sure, row)

    # what a batch may do ----------------------------------------------------------------------------------------------

    def judge(
        self, before: Cells, states: Mapping[str, str], after: Cells, now: Mapping[str, str], papers: Sequence[Paper],
        seen: After,
    ) -> list[Wrong]:  # fmt: skip
        """Return what the run did that nobody said, and what it left undone in silence; learn what stands now.

        *states* and *now* are the records' states before and after.
        """
        by_cell: dict[tuple[str, str], list[Statement]] = defaultdict(list)
        steps: dict[tuple[str, str], list[Step]] = defaultdict(list)
        for paper in papers:
            for said in self.statements_of(paper):
                if isinstance(said, Step):
                    steps[said.key, said.deciding].append(said)
                else:
                    by_cell[said.key, said.field].append(said)
        self.statements += sum(each.sure for group in by_cell.values() for each in group)
        self.statements += sum(each.sure for group in steps.values() for each in group)
        found: list[Wrong] = []
        for key in sorted(set(before) | set(after)):
            turned = states.get(key) != now.get(key)
            for code in words.AUDITED:
                was, is_now = before.get(key, {}).get(code, ""), after.get(key, {}).get(code, "")
                about = by_cell.get((key, code), [])
                if was != is_now:
                    found += self._changed(
                        key,
                        code,
                        was,
                        is_now,
                        about,
                        steps,
                        papers,
                        turned,
                        seen,
                        first=key not in before and not states.get(key),
                    )
                found += self._unheard(key, code, was, is_now, about, papers, seen)
            for deciding in words.STEPS:
                found += self._whole(key, deciding, before, after, states, steps, by_cell, seen)
        self._learn(before, papers, after, by_cell, steps, seen)
        self.lost += sum(each.invariant in LOSSES for each in found)
        return found

    def _changed(
        self, key: str, code: str, was: str, is_now: str, said: Sequence[Statement],
        steps: Mapping[tuple[str, str], Sequence[Step]], papers: Sequence[Paper], turned: bool, seen: After, *, first: bool,
    ) -> Iterator[Wrong]:  # fmt: skip
        what = f"{words.LABELS[code][0]} of {key} was “{was}”, is “{is_now}”"
        own = next((deciding for deciding, codes in words.STEPS.items() if code in codes), "")
        if own and (any(each.values[code] == is_now for each in steps.get((key, own), ())) or (turned and not is_now)):
            return
        why = [each for each in said if each.value == is_now]
        if not why:
            answers = [each for each in papers if any(row.key == key for row in each.rows)]
            chosen = any(
                each.kind is Kind.ANSWER and self._has_said(each.author, key, code, is_now) for each in answers
            )
            if (is_now in self._waiting[key, code] and answers) or chosen:  # an answer settles what waited
                author = next((each for each in reversed(answers) if each.kind is Kind.ANSWER), answers[-1]).author
                yield from self._replaced(what, key, code, was, author, seen)
                self._answered[key, code] = author
                return
            if own and any(_half(row, own, code) for each in papers for row in each.rows if row.key == key):
                yield Wrong("1 step in parts", f"{what}: taken from a row that answers nothing", key)
                return
            if not is_now:
                yield Wrong("1 blanked", f"{what}: a blank overwrites nothing", key)
                return
            repeats = [each for each in papers for row in each.rows if row.key == key and row.cells.get(code) == is_now]
            if repeats and not first:  # a row that was refused until now is taken with all its cells
                yield Wrong("1 repeated", f"{what}: {_named(repeats)} only repeats it", key)
            elif not repeats:
                yield Wrong("1 invented", f"{what}: nobody said so", key)
            return
        holder = self._holder.get((key, code))
        if not was or holder is None or any(each.author.strip("?") == holder.strip("?") for each in why):
            return
        anew = any(one.author == why[0].author and one.paper < why[0].paper for one in said)  # his own, changed again
        if not anew and all(each.sure and each.differs(was) for each in why):
            knew = "/".join(sorted(why[0].bases)) or "nothing"
            yield Wrong(
                "1 replaced", f"{what}: {why[0].author} knew of “{knew}” and replaced what {holder} had said", key
            )
        elif all(each.sure for each in why):
            yield from self._replaced(what, key, code, was, why[0].author, seen)

    def _has_said(self, author: str, key: str, code: str, value: str) -> bool:
        """Whether a value that an answer sets back is one that its author has said before."""
        said = self._said[f"author {author}", key, code]
        return value in said.taken or value in said.tried

    def _replaced(self, what: str, key: str, code: str, was: str, author: str, seen: After) -> Iterator[Wrong]:
        """Whoever had said what stood there must be told by whom it was changed."""
        holder = self._holder.get((key, code))
        if not was or holder is None or author.strip("?") == holder.strip("?"):
            return
        if seen.can_be_told(holder) and not seen.told(holder, key, code):
            yield Wrong("1 untold", f"{what}: {holder}, who had said it, is not told that {author} changed it", key)

    def _unheard(
        self,
        key: str,
        code: str,
        was: str,
        is_now: str,
        said: Sequence[Statement],
        papers: Sequence[Paper],
        seen: After,
    ) -> Iterator[Wrong]:
        names = {each.number: each for each in papers}
        for each in said:
            if not each.sure or each.value == is_now:
                continue
            if each.differs(was):
                self.conflicts += 1
            if any(other.author == each.author and other is not each for other in said):
                continue  # he said two things himself, one after the other
            if _taken_back(each, is_now, papers):
                continue
            if each.value == was and any(one.value == is_now and one.paper > each.paper for one in said):
                continue  # he agreed with what stood, and somebody else has changed it afterwards
            if seen.refused(each.paper, each.row) or seen.told(each.author, key, code):
                self._waiting[key, code].add(each.value)
                continue
            what = f"{each.author} said in {names[each.paper].told_as} that {words.LABELS[code][0]} of {key} is"
            word = "waits" if each.differs(was) or was != is_now else "lost"
            yield Wrong(f"1 {word} in silence", f"{what} “{each.value}”; it is “{is_now}”, and nobody is told", key)

    def _whole(
        self, key: str, deciding: str, before: Cells, after: Cells, states: Mapping[str, str],
        steps: Mapping[tuple[str, str], Sequence[Step]], by_cell: Mapping[tuple[str, str], Sequence[Statement]],
        seen: After,
    ) -> Iterator[Wrong]:  # fmt: skip
        taken = steps.get((key, deciding), ())
        was, is_now = before.get(key, {}), after.get(key, {})
        if not taken or key not in after:
            return

        def fits(step: Step) -> bool:
            return all(
                is_now.get(code, "") == value
                or any(one.value == is_now.get(code) for one in by_cell.get((key, code), ()))
                for code, value in step.cells
            )

        moved = [code for code in words.STEPS[deciding] if was.get(code, "") != is_now.get(code, "")]
        if any(fits(each) for each in taken):
            return
        by_step = [code for code in moved if any(each.values[code] == is_now.get(code, "") for each in taken)]
        title = words.LABELS[deciding][0]
        if by_step:
            best = max(taken, key=lambda each: sum(is_now.get(code, "") == value for code, value in each.cells))
            apart = [code for code, value in best.cells if is_now.get(code, "") != value]
            shown = ", ".join(
                f"{words.LABELS[code][0]} “{is_now.get(code, '')}” for “{best.values[code]}”" for code in apart
            )
            yield Wrong("1 step in parts", f"the step {title} of {key} was taken in part: {shown}", key)
        elif not moved and len(taken) == 1 and taken[0].sure and states.get(key) == DUE[deciding]:
            only = taken[0]
            if seen.refused(only.paper, only.row):
                return
            yield Wrong(
                "1 step lost",
                f"the step {title} of {key} by {only.author} was not taken, and nobody is told",
                key,
            )

    # what stands now --------------------------------------------------------------------------------------------------

    def _learn(
        self, before: Cells, papers: Sequence[Paper], after: Cells, by_cell: Mapping[tuple[str, str], Sequence[Statement]],
        steps: Mapping[tuple[str, str], Sequence[Step]], seen: After,
    ) -> None:  # fmt: skip
        self._holder.update(self._answered)
        self._answered.clear()
        for (key, code), said in by_cell.items():
            stands = after.get(key, {}).get(code, "")
            why = [each for each in said if each.value == stands]
            why = [each for each in why if each.sure] or why  # who only repeats an old list has not said it first
            if why and (stands != before.get(key, {}).get(code, "") or (key, code) not in self._holder):
                self._holder[key, code] = why[-1].author
        for (key, deciding), taken in steps.items():
            for each in taken:
                for code in words.STEPS[deciding]:
                    if each.values[code] and after.get(key, {}).get(code) == each.values[code]:
                        self._holder[key, code] = each.author
                if not seen.refused(each.paper, each.row):
                    lineage = next(paper.lineage for paper in papers if paper.number == each.paper)
                    self._steps[lineage, key, deciding].append(each.cells)
                else:
                    self._tried.add((key, deciding, each.cells))
        for paper in papers:
            kept = self.accepted.setdefault(paper.number, set())
            for row in paper.rows:
                refused = seen.refused(paper.number, row)
                self.refused += refused
                if not refused:
                    kept.add(row.key)
                self._remember(paper, row, refused=refused)

    def _remember(self, paper: Paper, row: Row, *, refused: bool) -> None:
        for code in words.BASIC:
            value = row.cells.get(code, "")
            if not value or paper.again:
                continue
            for who in (f"lineage {paper.lineage}", f"author {paper.author}"):
                said = self._said[who, row.key, code]
                if who.startswith("author") and paper.kind in (Kind.WORKLIST, Kind.MASTER):
                    if value != (row.written or {}).get(code, ""):
                        said.tried.add(value)
                elif refused:
                    said.tried.add(value)
                elif value != said.last:
                    said.taken.append(value)


LOSSES = {
    "1 hand-over lost",
    "1 repeated",
    "1 blanked",
    "1 invented",
    "1 replaced",
    "1 lost in silence",
    "1 step lost",
    "1 step in parts",
}


def _taken_back(said: Statement, is_now: str, papers: Sequence[Paper]) -> bool:
    """Whether its author's next paper of the same line, in the same batch, says again what stands."""
    of_it = next(each for each in papers if each.number == said.paper)
    return any(
        each.lineage == of_it.lineage and each.number > of_it.number and row.cells.get(said.field) == is_now
        for each in papers
        for row in each.rows
        if row.key == said.key
    )


def _half(row: Row, deciding: str, code: str) -> bool:
    """Whether a row of a worklist fills *code* without the answer that decides the step."""
    written = row.written or {}
    return deciding in row.cells and not row.cells[deciding] and row.cells.get(code, "") != written.get(code, "")


def _named(papers: Iterable[Paper]) -> str:
    return ", ".join(dict.fromkeys(f"{each.told_as} by {each.author}" for each in papers))

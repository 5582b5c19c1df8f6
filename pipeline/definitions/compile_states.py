"""The rows of states and stages → the states in which records of a register stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.definitions.codebook import CodeBook
from pipeline.definitions.compile_stages import StageRows
from pipeline.definitions.lookup import STATE, Lookup
from pipeline.definitions.mistakes import DefinitionCell, Mistakes
from pipeline.definitions.naming import wording
from pipeline.definitions.read_definition import DefinitionRow, bare_name
from pipeline.definitions.words import NATURES, meant, parts
from schemas.language import Localized, State

STANDING, GONE = "state", "gone"
"""Kinds of codes: of states, and of those that an earlier version had."""
OPEN = "在办"
"""The nature of a state in which something is still to be done, though no stage leaves it."""


@dataclass(frozen=True, slots=True)
class StateCompiler:
    """Makes states."""

    mistakes: Mistakes
    codes: CodeBook
    replaced: dict[tuple[str, str], str] = field(default_factory=dict)
    """By register and name of a state that is gone: the code of the state that takes its place."""

    def of_register(
        self, register: str, declared: Sequence[DefinitionRow], stages: Sequence[StageRows]
    ) -> tuple[tuple[State, ...], Lookup]:
        """Return the states of *register*, and by what names they go: those *declared* first, then those that *stages* name; what no stage leaves is final."""
        cells: dict[str, DefinitionCell] = {}
        rows: dict[str, DefinitionRow] = {}
        for row in declared:
            cells.setdefault(bare_name(row.text("state")), row.cell("state"))
            rows.setdefault(bare_name(row.text("state")), row)
        by_code = {row.text("code"): name for name, row in rows.items() if row.text("code")}
        used = [row.cell(column) for each in stages for row in each.ways for column in ("from", "to")]
        for cell in used:
            name = bare_name(cell.text)
            if name and name not in by_code and name not in {bare_name(row.text("en")) for row in rows.values()}:
                cells.setdefault(name, cell)
        left = {bare_name(each.first.text("from")) for each in stages}
        blank = {name: DefinitionCell("", cell.sheet, cell.cell) for name, cell in cells.items()}
        named = [(cell, rows[name].cell("code") if name in rows else blank[name]) for name, cell in cells.items()]
        stood = [one for kind in (STANDING, GONE) for one in self.codes.before.get((kind, register), ())]
        codes = self.codes.give((STANDING, register), named)
        self.codes.given[GONE, register] = [one for one in stood if bare_name(one[0]) not in cells]
        found, lookup = [], Lookup(STATE)
        for code, (name, cell) in zip(codes, cells.items(), strict=True):
            own = rows.get(name)
            words = wording(cell.text, own.text("en") if own else "")
            names = {name, code, bare_name(words.en)}
            found.append(self._state(code, words, own.cell("nature") if own else None, is_left=bool(names & left)))
            lookup.add(code, words)
            for gone in parts(own.text("replaces")) if own else ():
                if bare_name(gone) in cells:
                    self.mistakes.at(
                        own.cell("replaces"),  # type: ignore[union-attr]
                        Localized(f"状态“{gone}”还在用", f"the state “{gone}” is still there"),
                        Localized("只写这一版没有了的状态", "name only states that this version has no more"),
                    )
                elif stood and bare_name(gone) not in {bare_name(label) for label, _ in stood}:
                    self.mistakes.unknown(
                        own.cell("replaces"),  # type: ignore[union-attr]
                        gone,
                        Localized("过状态", "earlier state"),
                        [label for label, _ in self.codes.given[GONE, register]],
                    )
                self.replaced[register, bare_name(gone)] = code
        return tuple(found), lookup

    def _state(self, code: str, words: Localized, nature: DefinitionCell | None, *, is_left: bool) -> State:
        natures: set[str] = set()
        for word in parts(nature.text) if nature else ():
            flag = meant(word, NATURES)
            if flag is None and word != OPEN and nature is not None:
                known = [*(each.zh for each in NATURES.values()), OPEN]
                self.mistakes.unknown(nature, word, Localized("性质", "nature"), known)
            natures.add(flag or OPEN)
        if not natures and not is_left:
            natures.add("final")
        return State(code, words, **{name: name in natures for name in NATURES})

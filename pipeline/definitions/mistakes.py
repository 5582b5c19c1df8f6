"""What is wrong with a definition, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass, field

from schemas.language import Localized


@dataclass(frozen=True, slots=True)
class Mistake:
    """``what`` is wrong at ``cell`` (as Excel shows it, "" for the whole sheet) of ``sheet``; ``fix`` says what to write there."""

    sheet: str
    cell: str
    value: str
    what: Localized
    fix: Localized


@dataclass(frozen=True, slots=True)
class DefinitionCell:
    """What stands in a cell, as text, and where."""

    text: str
    sheet: str
    cell: str


@dataclass(slots=True)
class Mistakes:
    """All that was found so far; of one cell the first thing is told, which may be the cause of the others."""

    found: list[Mistake] = field(default_factory=list)

    def at(self, cell: DefinitionCell, what: Localized, fix: Localized) -> None:
        """Note that something is wrong with *cell*."""
        if not any((each.sheet, each.cell) == (cell.sheet, cell.cell) for each in self.found):
            self.found.append(Mistake(cell.sheet, cell.cell, cell.text, what, fix))

    def unknown(self, cell: DefinitionCell, name: str, what: Localized, known: list[str]) -> None:
        """Note that *cell* names something that is not there; *known* is what there is."""
        shown = known[:12]
        zh = f"改为：{'、'.join(shown)}" if shown else "先在相应的工作表里写上"
        en = f"write one of: {', '.join(shown)}" if shown else "write it on its own sheet first"
        self.at(cell, Localized(f"没有{what.zh}“{name}”", f"there is no {what.en} “{name}”"), Localized(zh, en))

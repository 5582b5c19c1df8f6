"""The codes of a definition: as written, else as they were given before, else made of the label. A code outlives its label."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.definitions.mistakes import DefinitionCell, Mistakes
from pipeline.definitions.naming import CODE, code_of
from pipeline.definitions.read_definition import bare_name
from schemas.language import Localized

Scope = tuple[str, str]
"""What kind of thing has codes, and within what: ("field", the code of its form)."""
LabelCode = tuple[str, str]
"""A label and its code."""


@dataclass(frozen=True, slots=True)
class Renamed:
    """A label without a code that stands where another stood: taken for the same thing."""

    cell: DefinitionCell
    before: str


@dataclass(slots=True)
class CodeBook:
    """*before* is what an earlier version of the workbook was given."""

    mistakes: Mistakes
    before: Mapping[Scope, Sequence[LabelCode]] = field(default_factory=dict)
    given: dict[Scope, list[LabelCode]] = field(default_factory=dict)
    renamed: list[Renamed] = field(default_factory=list)

    def give(
        self,
        scope: Scope,
        named: Sequence[tuple[DefinitionCell, DefinitionCell]],
        prefix: str = "",
        standard: Mapping[str, str] | None = None,
    ) -> list[str]:
        """Return the code of each of *named* (label, and the code that is written or not), in their order.

        A code that is made begins with *prefix*; *standard* are the codes that go with some labels everywhere.
        """
        kept = self._kept(scope, named)
        taken: set[str] = {code.text for _, code in named if code.text}
        codes: list[str] = []
        for at, (label, written) in enumerate(named):
            if written.text:
                code = self._written(written, codes)
            elif at in kept:
                code, before = kept[at]
                if before != label.text and bare_name(before) != bare_name(label.text):
                    self.renamed.append(Renamed(label, before))
            else:
                known = (standard or {}).get(label.text, "")
                code = known if known and known not in taken else code_of(_prefixed(prefix, label.text), taken)
            taken.add(code)
            codes.append(code)
        self.given[scope] = [(label.text, code) for (label, _), code in zip(named, codes, strict=True)]
        return codes

    def _written(self, cell: DefinitionCell, codes: Sequence[str]) -> str:
        if not CODE.fullmatch(cell.text):
            self.mistakes.at(
                cell,
                Localized(f"代码“{cell.text}”写得不对", f"“{cell.text}” is no code"),
                Localized(
                    "只用小写字母、数字和下划线，字母开头；或清空",
                    "small letters, digits and _, a letter first; or clear it",
                ),
            )
        elif cell.text in codes:
            self.mistakes.at(
                cell,
                Localized(f"代码“{cell.text}”用了两次", f"the code “{cell.text}” is used twice"),
                Localized("换一个，或清空由程序给", "take another one, or clear it"),
            )
        return cell.text

    def _kept(self, scope: Scope, named: Sequence[tuple[DefinitionCell, DefinitionCell]]) -> dict[int, tuple[str, str]]:
        """Return by position, of what has no code written, the code that was given before, with the label that had it.

        What stands where another label stood has its code, as long as as many stand there as before.
        """
        written = {code.text for _, code in named if code.text}
        before = [each for each in self.before.get(scope, ()) if each[1] not in written]
        open_ = [(at, bare_name(label.text)) for at, (label, code) in enumerate(named) if not code.text]
        codes = {bare_name(label): (code, label) for label, code in before}
        found = {at: codes[name] for at, name in open_ if name in codes}
        used = {code for code, _ in found.values()}
        old, new = [bare_name(label) for label, _ in before], [name for _, name in open_]
        for what, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if what == "replace" and b - a == d - c:
                for (label, code), (at, _) in zip(before[a:b], open_[c:d], strict=True):
                    if at not in found and code not in used:
                        found[at] = (code, label)
        return found


def _prefixed(prefix: str, label: str) -> str:
    return f"{prefix} {label}" if prefix else label

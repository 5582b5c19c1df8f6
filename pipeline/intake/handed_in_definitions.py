"""A workbook that draws a procedure, dropped into the inbox → a row of the register of definitions, or what is wrong with it.

The row joins the paper, so that it is judged, merged, approved of and undone like all that papers say. Nothing of what is in
force changes here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath

from pipeline.definitions.changes import changes_between
from pipeline.definitions.compile_definition import Compiled
from pipeline.definitions.drawn_procedures import judge_next
from pipeline.definitions.drawn_workbook import DrawnWorkbook
from pipeline.definitions.sheets import PROCEDURE
from pipeline.domain.cell import Raw
from pipeline.domain.extract import Extract, Reading
from pipeline.domain.finding import SAID_BY, Finding
from pipeline.domain.place import parse_cell
from pipeline.domain.rulebook import found
from pipeline.intake.wrong_definitions import place_of
from pipeline.outside.files.inbox import Dropped
from pipeline.outside.files.names import safe_name
from pipeline.settings.run_context import RunContext
from schemas.language import FieldRole, Layout, Localized, Procedure, Register
from schemas.language.catalogue import declared_procedures
from schemas.language.definitions import HandedDefinitions

_SUFFIX = ".xlsx"
_FIRST_CELL = "A1"
_NOT_XLSX = Localized("不是 .xlsx 工作簿", "it is no .xlsx workbook")
_SAVE_ANEW = Localized("在 Excel 里另存为 .xlsx", "save it as .xlsx in Excel")


@dataclass(frozen=True, slots=True)
class HandedInDefinitions:
    """Takes workbooks that draw procedures. ``count`` tells how many records of a register stand in a state."""

    context: RunContext
    count: Callable[[str, str], int]
    _declared: tuple[Procedure, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Look up the procedures that are declared beside those drawn."""
        folder = str(self.context.settings.procedures_folder or "")
        object.__setattr__(self, "_declared", declared_procedures(folder))

    def take(self, dropped: Dropped, reading: Reading) -> None:
        """Add to *reading* of the workbook *dropped* its row, or what keeps it out."""
        register = self.context.catalogue.definitions
        if register is None or register.definitions is None:
            self._refuse(reading, [self._found("definition.no_folder", dropped)])
            return
        if not dropped.name.casefold().endswith(_SUFFIX):
            wrong = self._found("definition.mistake", dropped, place="", what=_NOT_XLSX, fix=_SAVE_ANEW)
            self._refuse(reading, [wrong])
            return
        standing, compiled = self._compiled(dropped)
        by = dropped.sender or compiled.submitter
        if compiled.procedure is None:
            self._refuse(reading, self._mistakes(dropped, compiled, by))
        elif not by:
            self._refuse(reading, [self._found("definition.unsigned", dropped, sheet=PROCEDURE.title.zh)])
        else:
            name = standing.path.name if standing else safe_name(f"流程定义-{compiled.procedure.title.zh}", _SUFFIX)
            reading.extracts.append(self._row(register, register.definitions, dropped, compiled, name, by))

    def _compiled(self, dropped: Dropped) -> tuple[DrawnWorkbook | None, Compiled]:
        """Return what stands in the folder for the same procedure, if anything, and what is drawn: held against all others."""
        name = PurePosixPath(dropped.name).name
        standing, compiled = judge_next(name, dropped.content, self._declared, self.context.drawn)
        return standing, compiled or Compiled(None, ())

    def _row(
        self,
        register: Register,
        means: HandedDefinitions,
        dropped: Dropped,
        compiled: Compiled,
        workbook: str,
        by: str,
    ) -> Extract:
        procedure, day, base = compiled.procedure, self.context.day, register.base
        assert procedure is not None
        before = next((each for each in self.context.drawn.procedures if each.code == procedure.code), None)
        lines = [
            *changes_between(before, procedure, self.count),
            *(
                Localized(f"“{each.cell.text}”原来叫“{each.before}”", f"“{each.cell.text}” was called “{each.before}”")
                for each in compiled.renamed
            ),
            *(
                Localized(
                    f"“{each.cell.text}”就是已有的岗位“{each.title.zh}”",
                    f"“{each.cell.text}” is the role “{each.title.en}” that is there already",
                )
                for each in compiled.otherwise
            ),
        ]
        language = self.context.settings.language
        values: dict[str, Raw] = {
            means.digest: dropped.sha256,
            means.workbook: workbook,
            means.changes: "；".join(each.to(language) for each in lines),
        }
        said: Mapping[FieldRole, Raw] = {
            FieldRole.TITLE: procedure.title.to(language),
            FieldRole.SUBMITTER: by,
            FieldRole.CAME_ON: datetime(day.year, day.month, day.day),
        }
        values |= {code.code: raw for role, raw in said.items() if (code := base.meaning(role)) is not None}
        cell, sheet = parse_cell(_FIRST_CELL), PROCEDURE.title.zh
        return Extract(
            base.code,
            dropped.sha256,
            dropped.name,
            sheet,
            Layout.LIST,
            [cell],
            {code: [raw] for code, raw in values.items()},
            {code: [cell] for code in values},
        )

    def _mistakes(self, dropped: Dropped, compiled: Compiled, by: str) -> list[Finding]:
        return [
            self._found(
                "definition.mistake",
                dropped,
                sheet=each.sheet,
                cell=each.cell,
                value=each.value,
                place=place_of(each.sheet, each.cell),
                what=each.what,
                fix=each.fix,
                **{SAID_BY: by},
            )
            for each in compiled.mistakes
        ]

    def _found(self, rule: str, dropped: Dropped, **about: object) -> Finding:
        return found(rule, submission=dropped.sha256, file=dropped.name, **about)

    @staticmethod
    def _refuse(reading: Reading, findings: list[Finding]) -> None:
        reading.findings += findings
        reading.refused = True

"""The procedures that an office has drawn: the workbooks in its folder of procedures, each as it is, or as it last was right."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from pipeline.definitions.codebook import LabelCode, Scope
from pipeline.definitions.compile_definition import Compiled, compile_definition
from pipeline.definitions.drawn_workbook import DrawnProcedures, DrawnWorkbook
from pipeline.definitions.mistakes import DefinitionCell, Mistakes
from pipeline.definitions.read_definition import grids_of, is_definition, read_definition, titles_of
from pipeline.outside.files.outbox import publish_file
from pipeline.read.formats.refusal import Refusal
from schemas.language import Catalogue, Localized, Procedure
from schemas.language.guarding import guarded

_CODES = ".codes.json"
_NAMED = "流程定义"
"""How the name of a workbook begins that is meant to be one, whatever stands in it."""
_OPEN = ("~$", ".", "_")
"""How the names of files begin that office programs keep beside an open workbook, and of those that nobody sees."""

GivenCodes = tuple[tuple[Scope, tuple[LabelCode, ...]], ...]


def drawn_procedures(folder: Path, kept: Path, office: tuple[Procedure, ...]) -> DrawnProcedures:
    """Return what is drawn in the workbooks of *folder*, beside the procedures *office*; *kept* holds those that were right before."""
    procedures: list[Procedure] = []
    workbooks: list[DrawnWorkbook] = []
    for path in sorted(folder.glob("*.xlsx")):
        if path.name.startswith(_OPEN):
            continue
        content = _read(path)
        before = _read_codes(kept / f"{path.name}{_CODES}")
        beside = (*office, *procedures)
        found = judge_content(path.name, content, beside, before)
        if found is None:
            continue
        made, earlier = found.procedure, False
        if made is None and (good := _read(kept / path.name)):
            last = judge_content(path.name, good, beside, before)
            made, earlier = (last.procedure, True) if last and last.procedure else (None, False)
        workbooks.append(DrawnWorkbook(path, content, found, earlier))
        if made is not None:
            procedures.append(guarded(made))
    return DrawnProcedures(tuple(procedures), tuple(workbooks))


@lru_cache(maxsize=256)
def judge_content(name: str, content: bytes, office: tuple[Procedure, ...], before: GivenCodes = ()) -> Compiled | None:
    """Return what the workbook *name* with that *content* draws, None where it draws no procedure and is not called as if it did."""
    mistakes, title = Mistakes(), name.removesuffix(".xlsx")
    try:
        grids = grids_of(content)
    except Refusal as refusal:
        why = refusal.why if refusal.why.zh else Localized("不是 Excel 工作簿", "it is no Excel workbook")
        mistakes.at(
            DefinitionCell("", "", ""),
            Localized(f"打不开（{why.zh}）", f"it cannot be opened ({why.en})"),
            Localized("在 Excel 里另存一份，换上", "save it anew in Excel"),
        )
        return Compiled(None, tuple(mistakes.found))
    if not is_definition([grid.title for grid in grids]):
        if not title.startswith(_NAMED):
            return None
        mistakes.at(
            DefinitionCell("", "", ""),
            Localized("没有“流程”“栏目”“环节”这几页", "it has no sheets of procedure, fields and stages"),
            Localized("照空白定义的样子画", "draw it as the blank definition has it"),
        )
        return Compiled(None, tuple(mistakes.found))
    definition = read_definition(grids, mistakes)
    return compile_definition(definition, Catalogue(office), mistakes, dict(before))


def draws_a_procedure(name: str, content: bytes) -> bool:
    """Tell whether the workbook *name* with that *content* is meant to draw one: by its name or its sheets. Outside the folder of
    procedures what cannot be opened is a sheet like any other.
    """
    if name.startswith(_NAMED):
        return True
    try:
        return is_definition(titles_of(content))
    except Refusal:
        return False


def keep(drawn: DrawnProcedures, kept: Path) -> None:
    """Put by each workbook that is right, with the codes that it was given: it goes on when the next version is not."""
    for each in drawn.workbooks:
        if not each.mistakes:
            codes = [
                [kind, scope, [list(one) for one in given]] for (kind, scope), given in each.compiled.codes.items()
            ]
            publish_file(kept / f"{each.path.name}{_CODES}", json.dumps(codes, ensure_ascii=False).encode())
            publish_file(kept / each.path.name, each.content)


def _read(path: Path) -> bytes:
    """Return what the file holds; nothing where it cannot be read: then it is no workbook."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _read_codes(path: Path) -> GivenCodes:
    try:
        held = json.loads(path.read_bytes())
        return tuple(
            ((str(kind), str(scope)), tuple((str(a), str(b)) for a, b in given)) for kind, scope, given in held
        )
    except (OSError, ValueError, TypeError):
        return ()

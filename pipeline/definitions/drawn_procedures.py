"""The procedures that an office has drawn: the workbooks in its folder of procedures, each as it is, or as it last was right."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from pipeline.definitions.carry_over import carried_over
from pipeline.definitions.codebook import LabelCode, Scope
from pipeline.definitions.compile_definition import Compiled, compile_definition
from pipeline.definitions.drawn_workbook import DrawnProcedures, DrawnWorkbook, GoneState
from pipeline.definitions.mistakes import DefinitionCell, Mistakes
from pipeline.definitions.read_definition import grids_of, is_definition, read_definition, titles_of
from pipeline.errors import RuwangError
from pipeline.outside.files.outbox import publish_file, withdraw
from pipeline.read.formats.refusal import Refusal
from schemas.language import Catalogue, Localized, Procedure
from schemas.language.guarding import guarded

_CODES = ".codes.json"
_NAMED = "流程定义"
"""How the name of a workbook begins that is meant to be one, whatever stands in it."""
_OPEN = ("~$", ".", "_")
"""How the names of files begin that office programs keep beside an open workbook, and of those that nobody sees."""

GivenCodes = tuple[tuple[Scope, tuple[LabelCode, ...]], ...]
FOLDER = "definitions"
"""Below the archive: every version that was in force, by its hash, and the codes known before it."""
_EARLIER = ".earlier"
_PARTED, _JOINED = ".", ","


class DefinitionsMissingError(RuwangError):
    """The archive lacks a drawn procedure as it was in force."""

    exit_code = 2


_Version = tuple[bytes, GivenCodes]
"""A workbook, and the codes known before it."""


@dataclass(frozen=True, slots=True)
class _Source:
    """A workbook with the codes known before it, and the version of it that was right before."""

    path: Path
    content: bytes
    before: GivenCodes = ()
    good: bytes = b""
    passed: tuple[_Version, ...] = ()


def drawn_procedures(folder: Path, kept: Path, office: tuple[Procedure, ...]) -> DrawnProcedures:
    """Return what is drawn in the workbooks of *folder*, beside the procedures *office*; *kept* holds those that were right before."""
    paths = [path for path in sorted(folder.glob("*.xlsx")) if not path.name.startswith(_OPEN)]
    sources = (
        _Source(path, _read(path), codes_before(kept, path.name), _read(kept / path.name), _passed(kept, path.name))
        for path in paths
    )
    drawn = _compiled(sources, office)
    return replace(drawn, missing=tuple(_missing(kept, {path.name for path in paths}, (*office, *drawn.procedures))))


def _missing(kept: Path, there: Collection[str], office: tuple[Procedure, ...]) -> Iterator[tuple[str, Procedure]]:
    """Yield the procedures that are kept and of which neither the workbook is *there* nor another one draws them."""
    known = {each.code for each in office}
    for path in sorted(kept.glob("*.xlsx")):
        if path.name not in there:
            found = judge_content(path.name, _read(path), office, codes_before(kept, path.name))
            if found is not None and found.procedure is not None and found.procedure.code not in known:
                yield path.name, found.procedure


def _passed(kept: Path, name: str) -> tuple[_Version, ...]:
    """Return the earlier versions of the workbook *name* that are kept for records on their way, the newest first."""
    paths = sorted((kept / f"{name}{_EARLIER}").glob("*.xlsx"), reverse=True)
    return tuple((_read(path), _codes_in(_read(path.with_suffix(_CODES)))) for path in paths)


def archived_procedures(
    folder: Path, archive: Path, versions: Mapping[str, str], office: tuple[Procedure, ...]
) -> DrawnProcedures:
    """Return what was drawn when the workbooks of *folder* were as *versions* says (name → version), which lie in *archive*.

    Raise DefinitionsMissingError where one is not there any more, or is another one.
    """
    sources, lacking = [], []

    def of(version: str) -> _Version:
        workbook, codes = version.split(_PARTED)
        content, known = _read(archive / FOLDER / f"{workbook}.xlsx"), _read(archive / FOLDER / f"{codes}{_CODES}")
        if (hash_of(content), hash_of(known)) != (workbook, codes):
            lacking.append(name)
        return content, _codes_in(known)

    for name, said in sorted(versions.items()):
        (content, known), *passed = map(of, said.split(_JOINED))
        sources.append(_Source(folder / name, content, known, passed=tuple(passed)))
    if lacking:
        names = "、".join(lacking)
        raise DefinitionsMissingError(
            Localized(
                f"存档 {archive / FOLDER} 缺当时的流程定义，或被改动过：{names}。请从备份中找回后再试",
                f"{archive / FOLDER} lacks drawn procedures as they were then, or they were altered: {names}. Bring them back from a "
                "copy and try again",
            )
        )
    return _compiled(sources, office)


def _compiled(sources: Iterable[_Source], office: tuple[Procedure, ...]) -> DrawnProcedures:
    procedures: list[Procedure] = []
    workbooks: list[DrawnWorkbook] = []
    for each in sources:
        name, beside = each.path.name, (*office, *procedures)
        found = judge_content(name, each.content, beside, each.before)
        if found is None:
            continue
        made, by = found.procedure, each.content
        if made is None and each.good:
            last = judge_content(name, each.good, beside, each.before)
            made, by = (last.procedure, each.good) if last else (None, by)
        earlier = made is not None and found.procedure is None
        in_force = by if made is not None else b""
        changed = bool(each.good) and made is not None and each.good != by
        passed = (*(((each.good, each.before),) if changed else ()), *each.passed)
        gone: Sequence[GoneState] = ()
        if made is not None:
            judged = (judge_content(name, content, beside, before) for content, before in passed)
            versions = [one.procedure for one in judged if one is not None and one.procedure is not None]
            made, gone = carried_over(made, versions, found.replaced)
            procedures.append(guarded(made))
        workbooks.append(
            DrawnWorkbook(each.path, each.content, found, earlier, in_force, each.before, passed, tuple(gone))
        )
    return DrawnProcedures(tuple(procedures), tuple(workbooks))


def versions_of(drawn: DrawnProcedures) -> Mapping[str, str]:
    """Return by name of the workbook which version of it is in force."""
    return {
        each.path.name: _JOINED.join(
            f"{hash_of(content)}{_PARTED}{hash_of(_codes_of(before))}" for content, before in _in_force(each)
        )
        for each in drawn.workbooks
        if each.in_force
    }


def archive_versions(drawn: DrawnProcedures, archive: Path) -> None:
    """Lay what is in force into the *archive*: by it, what was entered can be entered anew."""
    for each in drawn.workbooks:
        for content, before in _in_force(each) if each.in_force else ():
            codes = _codes_of(before)
            publish_file(archive / FOLDER / f"{hash_of(content)}.xlsx", content)
            publish_file(archive / FOLDER / f"{hash_of(codes)}{_CODES}", codes)


def _in_force(workbook: DrawnWorkbook) -> Sequence[_Version]:
    return ((workbook.in_force, workbook.before), *workbook.passed)


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


def keep(
    drawn: DrawnProcedures, kept: Path, stands: Callable[[str, str], bool] = lambda register, state: False
) -> None:
    """Put by each workbook that is right, with the codes that it was given: it goes on when the next version is not. Earlier versions
    are kept as long as a record *stands* (register, state) in a state that the present one has no more.
    """
    for each in drawn.workbooks:
        if not each.mistakes:
            passed = each.passed if any(stands(gone.register, gone.state) for gone in each.gone) else ()
            _keep_passed(kept / f"{each.path.name}{_EARLIER}", passed)
            publish_file(kept / f"{each.path.name}{_CODES}", _codes_of(codes_after(each)))
            publish_file(kept / each.path.name, each.content)


def _keep_passed(folder: Path, passed: Sequence[_Version]) -> None:
    """Have *folder* hold the versions *passed*, the newest first, and no others."""
    names = [f"{len(passed) - at:04}-{hash_of(content)[:16]}" for at, (content, _) in enumerate(passed)]
    for name, (content, before) in zip(names, passed, strict=True):
        publish_file(folder / f"{name}{_CODES}", _codes_of(before))
        publish_file(folder / f"{name}.xlsx", content)
    for path in folder.glob("*.xlsx"):
        if path.stem not in names:
            withdraw(path)
            withdraw(path.with_suffix(_CODES))


def _read(path: Path) -> bytes:
    """Return what the file holds; nothing where it cannot be read: then it is no workbook."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def judge_next(
    name: str, content: bytes, declared: tuple[Procedure, ...], drawn: DrawnProcedures
) -> tuple[DrawnWorkbook | None, Compiled | None]:
    """Return which workbook of those *drawn* the one called *name* is the next version of, by its name or else by its procedure,
    and what it draws beside all the others and what is *declared*; None where it draws none.
    """
    alone = judge_content(name, content, declared)
    code = alone.code if alone else ""
    called = (each for each in drawn.workbooks if each.path.name == name)
    same = (each for each in drawn.workbooks if code and each.compiled.code == code)
    standing = next(called, None) or next(same, None)
    replaced = {standing.compiled.code, code} if standing else set()  # the former may be past reading
    beside = (*declared, *(each for each in drawn.procedures if each.code not in replaced))
    return standing, judge_content(name, content, beside, codes_after(standing) if standing else ())


def codes_before(kept: Path, name: str) -> GivenCodes:
    """Return the codes that the workbook *name* was given when it last was right; *kept* holds them."""
    return _codes_in(_read(kept / f"{name}{_CODES}"))


def codes_after(workbook: DrawnWorkbook) -> GivenCodes:
    """Return the codes that the next version of *workbook* goes by: those it was given, where it is right."""
    if workbook.mistakes:
        return workbook.before
    return tuple((scope, tuple(given)) for scope, given in workbook.compiled.codes.items())


def _codes_of(given: Iterable[tuple[Scope, Sequence[LabelCode]]]) -> bytes:
    codes = [[kind, scope, [list(one) for one in those]] for (kind, scope), those in given]
    return json.dumps(codes, ensure_ascii=False).encode()


def _codes_in(held: bytes) -> GivenCodes:
    try:
        return tuple(
            ((str(kind), str(scope)), tuple((str(a), str(b)) for a, b in given))
            for kind, scope, given in json.loads(held)
        )
    except (ValueError, TypeError):
        return ()


def hash_of(content: bytes) -> str:
    """Return the SHA-256 of *content*, hexadecimal: versions go by it."""
    return hashlib.sha256(content).hexdigest()

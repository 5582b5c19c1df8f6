"""The procedures in force: what is declared, held against what the office has set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.definitions.drawn_workbook import DrawnProcedures
from pipeline.domain.office_tables import plain_text
from pipeline.errors import SettingsError
from pipeline.merge.nearest import nearest
from pipeline.settings import Settings
from schemas.language import Catalogue, Language, Localized, Procedure
from schemas.language import catalogue as declared
from schemas.language.catalogue import DeclarationError, HiddenPackageError
from schemas.language.parameters import Parameter, ParameterValue

if TYPE_CHECKING:
    from schemas.language.declaration_faults import DeclarationFault

_TOLD = 20
"""Faults that are told at once."""


def in_force(settings: Settings) -> Catalogue:
    """Return the procedures in force; raises as ``in_force_and_drawn``."""
    return in_force_and_drawn(settings)[0]


def in_force_and_drawn(
    settings: Settings, versions: Mapping[str, str] | None = None
) -> tuple[Catalogue, DrawnProcedures]:
    """Return the procedures that *settings* name (all, when none is named), those in which they go on, and the roster; and what is drawn in workbooks: as they
    are, or were when the archived *versions* of them were in force.

    Raise SettingsError for a procedure that is not declared, a folder of them that is not there (they would all be out of
    force unsaid) or declares something wrong, and for a deadline of a stage that no procedure has.
    """
    if settings.procedures_folder and not settings.procedures_folder.is_dir():
        missing = settings.procedures_folder
        raise SettingsError(
            Localized(
                f"设置 procedures_folder：没有文件夹 {missing}", f"procedures_folder: there is no folder {missing}"
            )
        )
    folder = str(settings.procedures_folder or "")
    try:
        raw = declared.declared_procedures(folder)
    except DeclarationError as error:
        raise SettingsError(_of_import(error)) from error
    if folder:
        _must_be_declared_well(folder)
    drawn = drawn_of(settings, versions)
    raw = (*raw, *drawn.procedures)
    every = declared.assemble(raw)
    codes = {procedure.code: procedure.title for procedure in every.procedures}
    for code in settings.procedures:
        _must_be_one_of("procedures", code, codes)
    wanted = _with_what_they_go_on_in(settings.procedures or tuple(codes), raw)
    kept = tuple(each for each in raw if each.roster or each.of_definitions or each.code in wanted)
    catalogue = declared.assemble(kept)
    stages = {stage.code: stage.title for register in every.registers for stage in register.stages}
    for code in settings.deadlines:
        _must_be_one_of("deadlines", code, stages)
    parameters = {each.code: each for procedure in every.procedures for each in procedure.parameters}
    for code, value in settings.parameters.items():
        _must_be_one_of("parameters", code, {each.code: each.words for each in parameters.values()})
        _must_be_within(value, parameters[code])
    return catalogue, drawn


def _with_what_they_go_on_in(named: Sequence[str], declared_ones: Sequence[Procedure]) -> set[str]:
    """Return the codes of the procedures *named* and of those in which they go on (``Procedure.goes_on_in``)."""
    further = {each.code: each.goes_on_in for each in declared_ones}
    found, left = set[str](), list(named)
    while left:
        code = left.pop()
        if code not in found:
            found.add(code)
            left += further.get(code, ())
    return found


def _must_be_declared_well(folder: str) -> None:
    from schemas.language.declaration_faults import faults

    if wrong := told_faults(faults(declared.load_catalogue(folder)), folder):
        raise SettingsError(Localized("\n".join(each.zh for each in wrong), "\n".join(each.en for each in wrong)))


def drawn_of(settings: Settings, versions: Mapping[str, str] | None = None) -> DrawnProcedures:
    """Return what is drawn in workbooks of the office's own folder, or was in the archived *versions* of them: a mistake in one stops
    nothing, and is told where it stands.
    """
    folder = settings.procedures_folder
    places = (folder, settings.kept_definitions)
    if folder is None or not (any(map(_has_workbooks, places)) if versions is None else versions):
        return DrawnProcedures()
    # with all that reads and compiles workbooks
    from pipeline.definitions.drawn_procedures import archived_procedures, drawn_procedures

    office = declared.declared_procedures(str(folder))
    if versions is not None:
        return archived_procedures(folder, settings.archive, versions, office)
    return drawn_procedures(folder, settings.kept_definitions, office)


def _has_workbooks(folder: Path | None) -> bool:
    return folder is not None and next(folder.glob("*.xlsx"), None) is not None


def told_mistakes(drawn: DrawnProcedures) -> list[Localized]:
    """Return what is told of the mistakes in drawn procedures: file, sheet and cell, what is wrong, what to write."""
    told = []
    for book in drawn.wrong:
        for each in book.mistakes[:_TOLD]:
            at = " ".join(part for part in (each.sheet, each.cell) if part)
            told.append(
                Localized(
                    f"{book.path.name} {at}：{each.what.zh}；{each.fix.zh}",
                    f"{book.path.name} {at}: {each.what.en}; {each.fix.en}",
                )
            )
        if (more := len(book.mistakes) - _TOLD) > 0:
            told.append(Localized(f"{book.path.name} 另有 {more} 处", f"{book.path.name}: and {more} more"))
    return told


def told_faults(found: Sequence[DeclarationFault], folder: str) -> list[Localized]:
    """Return what is told of the first faults: where it stands, what is wrong, and what to write."""
    told = []
    for each in found[:_TOLD]:
        at, where = _place(each, folder), " · ".join((each.procedure, *each.where))
        told.append(
            Localized(f"{at}{each.what.zh}（{where}）：{each.fix.zh}", f"{at}{each.what.en} ({where}): {each.fix.en}")
        )
    if len(found) > _TOLD:
        more = len(found) - _TOLD
        told.append(Localized(f"另有 {more} 处", f"and {more} more"))
    return told


def _place(fault: DeclarationFault, folder: str) -> str:
    """File and line of what is *said* wrong: the first line of its package that quotes it; "" for a package of ours."""
    home = declared.home_of(fault.procedure, folder)
    if home is None:
        return ""
    for path in sorted(home.rglob("*.py")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if f'"{fault.said}"' in line or f"'{fault.said}'" in line:
                return f"{path}:{number}: "
    return f"{home}: "


def _of_import(error: DeclarationError) -> Localized:
    if isinstance(error, HiddenPackageError):
        name = error.path.name
        return Localized(
            f"{error.path}：程序自带的流程也叫 {name}，您的这一个不会生效；给文件夹换一个名字",
            f"{error.path}: a package of ours is called {name}, too, and would hide yours: give the folder another name",
        )
    return Localized(
        f"{error.path}:{error.line}: 流程声明读不进来（{error.said}）",
        f"{error.path}:{error.line}: cannot be imported ({error.said})",
    )


def _must_be_one_of(table: str, code: str, known: Mapping[str, Localized]) -> None:
    """Raise SettingsError with the names that come nearest, by code or by wording, and where all of them are listed."""
    if code in known:
        return
    by_name = {name: each for each, words in known.items() for name in (each, words.zh, words.en)}
    near = list(dict.fromkeys(by_name[name] for name in nearest(code, by_name)))

    def meant(language: Language) -> str:
        return ", ".join(f"{each} ({known[each].to(language)})" for each in near)

    zh = f"设置 {table}.{code}：没有这一项" + (f"；是不是 {meant('zh')}？" if near else "")
    en = f"{table}.{code}: there is none" + (f"; did you mean {meant('en')}?" if near else "")
    raise SettingsError(
        Localized(f"{zh}；全部名称见 pipeline procedures", f"{en} pipeline procedures lists all of them")
    )


def _must_be_within(value: ParameterValue, parameter: Parameter) -> None:
    if parameter.parse(plain_text(value)) is not None:
        return
    zh, en = (f"{parameter.code}（{parameter.words.zh}）", f"{parameter.code} ({parameter.words.en})")
    if parameter.options:
        zh_options, en_options = (
            "、".join(each.words.zh for each in parameter.options),
            ", ".join(each.words.en for each in parameter.options),
        )
        raise SettingsError(
            Localized(
                f"设置 parameters.{zh}：应为 {zh_options} 之一", f"parameters.{en}: one of {en_options} is expected"
            )
        )
    least, most = (f"{bound:,.10g}" for bound in (parameter.least, parameter.most))
    raise SettingsError(
        Localized(
            f"设置 parameters.{zh}：应为 {least} 到 {most} 之间的数",
            f"parameters.{en}: a number from {least} to {most} is expected",
        )
    )


def in_force_or_declared(settings: Settings) -> tuple[Catalogue, SettingsError | None]:
    """Return the procedures in force; where a name in the settings keeps them from being so, all that are declared, and why. Raise
    SettingsError for a folder that is not there, or declares something wrong.
    """
    try:
        return in_force(settings), None
    except SettingsError as error:
        return in_force(settings.model_copy(update={"deadlines": {}, "parameters": {}, "procedures": ()})), error

"""The procedures in force: what is declared, held against what the office has set."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.domain.extract import Known
from pipeline.domain.office_tables import plain_text
from pipeline.domain.passwords import NONE, Passwords
from pipeline.errors import SettingsError
from pipeline.settings import Settings
from schemas.language import Catalogue, Localized
from schemas.language import catalogue as declared
from schemas.language.catalogue import DeclarationError, HiddenPackageError
from schemas.language.declaration_faults import DeclarationFault, faults
from schemas.language.parameters import Parameter, ParameterValue

_TOLD = 20
"""Faults that are told at once."""


def in_force(settings: Settings) -> Catalogue:
    """Return the procedures that *settings* name (all, when none is named) and the roster.

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
        every, raw = declared.load_catalogue(folder), declared.declared_procedures(folder)
    except DeclarationError as error:
        raise SettingsError(_of_import(error)) from error
    if folder and (wrong := told_faults(faults(every), folder)):
        raise SettingsError(Localized("\n".join(each.zh for each in wrong), "\n".join(each.en for each in wrong)))
    codes = {procedure.code for procedure in every.procedures}
    for code in settings.procedures:
        _must_be_one_of(f"procedures: {code}", code, codes)
    kept = tuple(each for each in raw if each.roster or each.code in (settings.procedures or codes))
    catalogue = declared.assemble(kept)
    stages = {stage.code for register in every.registers for stage in register.stages}
    for code in settings.deadlines:
        _must_be_one_of(f"deadlines.{code}", code, stages)
    parameters = {each.code: each for procedure in every.procedures for each in procedure.parameters}
    for code, value in settings.parameters.items():
        _must_be_one_of(f"parameters.{code}", code, set(parameters))
        _must_be_within(f"parameters.{code}", value, parameters[code])
    return catalogue


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


def _must_be_one_of(setting: str, code: str, known: set[str]) -> None:
    if code not in known:
        there_are = ", ".join(sorted(known))
        raise SettingsError(
            Localized(f"设置 {setting}：没有这一项，可用的有 {there_are}", f"{setting}: unknown; there are {there_are}")
        )


def _must_be_within(setting: str, value: ParameterValue, parameter: Parameter) -> None:
    if parameter.parse(plain_text(value)) is None:
        if parameter.options:
            _must_be_one_of(setting, plain_text(value), {option.words.zh for option in parameter.options})
        bounds = f"{parameter.least:g}–{parameter.most:g}"
        raise SettingsError(Localized(f"设置 {setting}：应在 {bounds} 之间", f"{setting}: {bounds} is expected"))


def known_forms(catalogue: Catalogue, passwords: Passwords = NONE) -> Known:
    """Return what reading must know: the forms, and for each stage's form the one that opens its register."""
    bases = {
        stage.form: register.base.code
        for register in catalogue.registers
        for stage in register.stages
        if stage.form and stage.form != register.base.code
    }
    kept = frozenset(register.base.code for register in catalogue.registers if register.kept)
    return Known(catalogue.forms, bases, passwords, kept)

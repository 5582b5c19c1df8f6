"""A declared procedure as a workbook that draws it, and a draft of one from an office's own blank forms."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.definitions.definition_workbook import definition_workbook
from pipeline.definitions.draft_definition import draft_definition
from pipeline.definitions.write_definition import write_definition
from pipeline.errors import SettingsError
from pipeline.outside.files.names import safe_name
from pipeline.read.formats.refusal import Refusal
from pipeline.settings import Settings
from pipeline.settings.catalogue import in_force
from schemas.language import Localized


def procedure_as_workbook(settings: Settings, code: str) -> tuple[str, bytes]:
    """Return the name and the bytes of the workbook that draws the procedure *code*. Raise SettingsError where there is none."""
    catalogue = in_force(settings)
    procedure = next((each for each in catalogue.procedures if code in (each.code, each.title.zh)), None)
    if procedure is None:
        known = "、".join(each.code for each in catalogue.procedures)
        raise SettingsError(
            Localized(f"没有流程 {code}；有：{known}", f"there is no procedure {code}; there are {known}")
        )
    if procedure.roster:
        raise SettingsError(
            Localized(
                f"{procedure.title.zh}是程序自己的表，不能画",
                f"{procedure.title.en} is the program's own and is not drawn",
            )
        )
    rows = write_definition(procedure, catalogue)
    return _name(procedure.title.zh), definition_workbook(rows, settings.language)


def draft_workbook(settings: Settings, blanks: Sequence[Path]) -> tuple[str, bytes]:
    """Return the name and the bytes of a draft made from the blank forms at *blanks*. Raise SettingsError for what is no form."""
    forms = []
    for path in blanks:
        try:
            forms.append((path.stem, path.read_bytes()))
        except OSError as error:
            raise SettingsError(Localized(f"读不了 {path}：{error}", f"{path} cannot be read: {error}")) from error
    try:
        draft = draft_definition(forms)
    except Refusal as refusal:
        raise SettingsError(
            Localized(
                f"打不开：{refusal.why.zh or refusal.rule}", f"cannot be opened: {refusal.why.en or refusal.rule}"
            )
        ) from refusal
    return _name(draft.title), definition_workbook(draft.rows, settings.language, draft.doubts)


def _name(title: str) -> str:
    return safe_name(f"流程定义-{title}", ".xlsx")

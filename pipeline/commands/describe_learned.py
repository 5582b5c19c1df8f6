"""What the office has said that labels and answers of its own mean: who said it, and since when it holds."""

from __future__ import annotations

from pipeline.commands.reading import office_day, reading
from pipeline.domain.json_values import JsonRead
from pipeline.domain.record import RecordState
from pipeline.intake.learned_names import is_in_force
from pipeline.settings import Settings
from pipeline.settings.catalogue import in_force
from schemas.language import FieldRole, Register

_SHOWN = {
    "form": FieldRole.NAME_FORM,
    "field": FieldRole.NAME_FIELD,
    "written": FieldRole.NAME_WRITTEN,
    "means": FieldRole.NAME_MEANS,
    "by": FieldRole.SUBMITTER,
    "since": FieldRole.STARTS,
    "until": FieldRole.NAME_DROPPED,
}


def describe_learned(settings: Settings) -> list[JsonRead]:
    """Return every name that was ever learned, those taken back too, by its key: on which form (of an option: in which
    field) what is written means what, who said so, and the days on which it began and ceased to hold; ``in_force`` says
    whether it holds today.

    Raise NoLedgerError when nothing was ever run.
    """
    register = in_force(settings).names
    if register is None:
        return []
    with reading(settings) as uow:
        entries = uow.records.get(register.code)
    day = office_day(settings)
    return [
        {**_described(register, entry), "in_force": is_in_force(register, entry, day)}
        for _, entry in sorted(entries.items())
    ]


def _described(register: Register, entry: RecordState) -> dict[str, str]:
    fields = {name: register.base.meaning(means) for name, means in _SHOWN.items()}
    return {name: str(entry.values.get(field.code) or "") if field else "" for name, field in fields.items()}

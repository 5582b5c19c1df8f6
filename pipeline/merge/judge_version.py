"""A decision on a worklist held against what stood on it: whoever has signed a row has signed what that row showed."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.domain.embedded_metadata import parse_token
from pipeline.domain.finding import Finding
from pipeline.domain.record import Event, Record, RecordState
from pipeline.domain.record_fold import fold
from pipeline.domain.record_title import title_or_key
from pipeline.merge.finding_at import finding_at
from schemas.language import Form, Language, Localized, Register, Stage
from schemas.language.field import OF_THE_PAPER


def judge_version(
    register: Register, stage: Stage, form: Form, record: Record, entry: RecordState | None, life: Sequence[Event]
) -> Finding | None:
    """Return a finding when *record*, a row of *form*, decides on *entry*, and papers have changed since the worklist was
    written what is decided on: what its own approval fixes, else what it was opened with. *life* are its events.
    """
    shown = parse_token(record.token) if record.token else None
    decides = stage.strict and bool(stage.not_by or stage.decides) and bool(stage.state)
    if entry is None or shown is None or not decides or shown[1] >= entry.version:
        return None
    stood = fold(each for each in life if each.number <= shown[1])
    later = {code for each in life if each.number > shown[1] and each.submission for code in each.values}
    changed = [
        code
        for code in _decided_on(register)
        if stood is not None and code in later and stood.values.get(code) != entry.values.get(code)
    ]
    if not changed:
        return None
    what = Localized(*(_changes(register, changed, stood, entry, language) for language in ("zh", "en")))
    about = {"title": title_or_key(register, entry), "stage": stage.title, "changes": what}
    return finding_at("step.changed_since", form, record, form.key.code, **about)


def _decided_on(register: Register) -> Sequence[str]:
    sealed = register.sealed
    if sealed is not None and sealed.register == register.code:
        return sealed.fixed
    return [each.code for each in register.base if not each.key and each.means not in OF_THE_PAPER]


def _changes(
    register: Register, codes: Sequence[str], before: RecordState | None, after: RecordState, language: Language
) -> str:
    def said(state: RecordState | None, code: str) -> str:
        value = state.values.get(code) if state is not None else None
        return "" if value is None else register.field(code).text(value, language)

    return "、".join(
        f"{register.field(code).label.to(language)} {said(before, code)}→{said(after, code)}" for code in codes
    )

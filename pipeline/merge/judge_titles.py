"""A number that people give themselves, on a paper for somebody else than before: one of the two may have got the wrong number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pipeline.domain.finding import Finding
from pipeline.domain.finding_at import finding_at
from pipeline.domain.record import Record, RecordState
from schemas.language import FieldRole, Form, Register
from schemas.language.letters import plain_label


def judge_titles(
    register: Register, form: Form, records: Iterable[Record], before: Mapping[str, RecordState]
) -> Iterator[Finding]:
    """Yield a finding for each of *records* of the form that opens *register* which calls a record otherwise than it was called
    *before* (by key), as far as numbers are typed: the earlier name is gone, and nobody had said that it was wrong.
    """
    title = form.meaning(FieldRole.TITLE)
    if form is not register.base or title is None or title.private or form.key.given:
        return
    # whose name may change; the roster, and where the number is the name
    if register.transfer is not None or form.key.means is not None:
        return
    for record in records:
        entry = before.get(record.key)
        if entry is None or record.partial:
            continue
        was, now = (str(each.values.get(title.code) or "") for each in (entry, record))
        one, other = plain_label(was), plain_label(now)
        if one not in other and other not in one:  # no name at all is in every one
            yield finding_at("key.other_title", form, record, title.code, was=was)

"""What only a refused row had said, and its author has said otherwise before he mended that row: his later word stands."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date

from pipeline.domain.answer import SAID, SET_BACK
from pipeline.domain.extract import Extract
from pipeline.domain.finding import SAID_BY, Finding
from pipeline.domain.paper import Paper
from pipeline.domain.place import cell_name
from pipeline.domain.record import RecordState
from pipeline.domain.rulebook import found
from pipeline.merge.repeated_cells import RowBase
from pipeline.merge.statement import last_setter
from pipeline.outside.ledger import UnitOfWork
from pipeline.validate.convert_cells import convert_apart
from schemas.language import Form, Register


class SaidOtherwise:
    """Tells of the rows of *paper* what whoever speaks there has said otherwise since."""

    def __init__(self, register: Register, paper: Paper, uow: UnitOfWork, today: date) -> None:
        self._register = register
        self._author = paper.author
        self._names = {paper.author, paper.first_author} - {""}
        self._uow = uow
        self._today = today

    def __call__(self, form: Form, extract: Extract, at: int, base: RowBase, state: RecordState) -> dict[str, str]:
        """Return the fields of row *at* that have waited with their row, and in which its own author has said, since he
        wrote it, what the register holds in *state*; with who that is.
        """
        moved = {code for code in base.waiting.keys() & form.codes if self._differs(form, extract, at, code, state)}
        later = dict.fromkeys(moved & base.withdrawn, self._author)
        life = self._uow.events.find(register=self._register.code, key=state.key) if moved - later.keys() else ()
        for code in moved - later.keys():
            setter = last_setter(life, code)
            if setter is None or not (setter.actor in self._names or setter.submission in base.voice):
                continue
            made = self._uow.papers.made(setter.submission)
            if made is None or made >= base.waiting[code]:
                later[code] = setter.actor or self._author
        return later

    def _differs(self, form: Form, extract: Extract, at: int, code: str, state: RecordState) -> bool:
        (value,) = convert_apart(form, form.field(code), [extract.values[code][at]], self._today)
        return value is not None and state.values.get(code) not in (None, value)


def set_back_reminders(
    form: Form,
    extract: Extract,
    at: int,
    key: str,
    older: Mapping[str, str],
    state: RecordState | None,
    today: date,
) -> Iterator[Finding]:
    """Yield a reminder for each cell of the fields *older* that is as it was before its author changed it, and that nothing
    sets back; they are given with who that is.
    """
    for code in sorted(older.keys() & form.codes) if state is not None else ():
        asked = form.field(code)
        (value,) = convert_apart(form, asked, [extract.values[code][at]], today)
        now = state.values.get(code) if state else None
        if value is None or now is None or value == now or code == form.key.code:
            continue
        yield found(
            SET_BACK,
            submission=extract.submission,
            file=extract.file,
            sheet=extract.sheet,
            cell=cell_name(extract.cells[code][at]),
            form=form.code,
            field=code,
            value=str(asked.show(value, "zh")),
            key=key,
            now=str(asked.show(now, "zh")),
            **{SAID: json.dumps(value, ensure_ascii=False), SAID_BY: older[code]},
        )

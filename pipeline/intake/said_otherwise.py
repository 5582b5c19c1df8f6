"""What only a refused row had said, and its author has said otherwise before he mended that row: his later word stands."""

from __future__ import annotations

from datetime import date

from pipeline.domain.extract import Extract
from pipeline.domain.paper import Paper
from pipeline.domain.record import RecordState
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
        found = dict.fromkeys(moved & base.withdrawn, self._author)
        life = self._uow.events.find(register=self._register.code, key=state.key) if moved - found.keys() else ()
        for code in moved - found.keys():
            setter = last_setter(life, code)
            if setter is None or not (setter.actor in self._names or setter.submission in base.voice):
                continue
            made = self._uow.papers.made(setter.submission)
            if made is None or made >= base.waiting[code]:
                found[code] = setter.actor or self._author
        return found

    def _differs(self, form: Form, extract: Extract, at: int, code: str, state: RecordState) -> bool:
        (value,) = convert_apart(form, form.field(code), [extract.values[code][at]], self._today)
        return value is not None and state.values.get(code) not in (None, value)

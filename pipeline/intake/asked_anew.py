"""A row that repeats, word by word, a step that is asked anew: an old paper, or done again? It is told, not taken."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.domain.extract import Extract
from pipeline.domain.finding import Finding
from pipeline.domain.place import cell_name
from pipeline.domain.record_title import title_or_key
from pipeline.domain.rulebook import found
from pipeline.domain.rulebook.merging import SAID_BEFORE
from pipeline.outside.ledger import UnitOfWork
from schemas.language import Form, Register, Stage


class AskedAnew:
    """Tells of the records *keys* of *register* which wait for the step of *form* another time."""

    def __init__(self, register: Register, form: Form, keys: Iterable[str], uow: UnitOfWork) -> None:
        self._register = register
        self._form = form
        self._uow = uow
        stage = register.stage_of(form.code)
        self._stage = None if stage is None or stage.ad_hoc or not stage.state else stage
        self._states = uow.records.get(register.code, keys=keys) if self._stage else {}

    def reminder(self, extract: Extract, at: int, key: str) -> Finding | None:
        """Return what is to be told of row *at* of *extract*, which repeats an earlier paper; None: the step is not due."""
        state, stage = self._states.get(key), self._stage
        if state is None or stage is None or state.state != stage.state or not self._was_taken(key, stage):
            return None
        return found(
            SAID_BEFORE,
            submission=extract.submission,
            file=extract.file,
            sheet=extract.sheet,
            cell=cell_name(extract.cells[self._form.key.code][at]),
            form=self._form.code,
            field=self._form.key.code,
            value=key,
            key=key,
            title=title_or_key(self._register, state),
            stage=stage.title,
        )

    def _was_taken(self, key: str, stage: Stage) -> bool:
        """Tell whether the step has led the record on before, and something has led it back since."""
        life = self._uow.events.find(register=self._register.code, key=key)
        steps = [at for at, event in enumerate(life) if event.form == self._form.code and event.state]
        return bool(steps) and any(event.state == stage.state for event in life[steps[-1] + 1 :])

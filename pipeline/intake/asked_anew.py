"""A row that repeats, word by word, a step that is asked anew: an old paper, or done again? It is told, not taken, unless another
answer was given in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property

from pipeline.domain.extract import Extract
from pipeline.domain.finding import Finding
from pipeline.domain.place import cell_name
from pipeline.domain.record import Event, RecordState
from pipeline.domain.record_title import title_or_key
from pipeline.domain.rulebook import found
from pipeline.domain.rulebook.merging import SAID_BEFORE
from pipeline.merge.earlier_round import since_taken
from pipeline.outside.ledger import UnitOfWork
from schemas.language import Form, Register, Stage


class AskedAnew:
    """Tells of the records *keys* of *register* which wait for the step of *form* another time, for a paper *made* then."""

    def __init__(self, register: Register, form: Form, keys: Iterable[str], uow: UnitOfWork, made: datetime) -> None:
        self._register = register
        self._form = form
        self._keys = keys
        self._uow = uow
        self._made = made
        stage = register.stage_of(form.code)
        self._stage = None if stage is None or stage.ad_hoc or not stage.state else stage

    @cached_property
    def _states(self) -> Mapping[str, RecordState]:
        """The records, asked for once a row repeats an earlier paper: few sheets have one."""
        return self._uow.records.get(self._register.code, keys=self._keys)

    def reminders(self, extract: Extract, at: int, key: str) -> Iterator[Finding]:
        """Yield what is to be told of row *at* of *extract*, which repeats an earlier paper: nothing where no step is due."""
        stage = self._stage
        state = self._states.get(key) if stage else None
        if stage is None or state is None or state.state != stage.state or not self._was_led_back(key, stage):
            return
        yield found(
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

    def says_otherwise(self, key: str, earlier: Iterable[tuple[str, str, int]]) -> bool:
        """Tell whether the record *key* waits for the step and nobody has answered it since the rows *earlier* were refused; or
        the last answer to it, given after those that stand in the rows *earlier* (or were refused there) and before this paper
        was made, has led elsewhere: to say the former is new.
        """
        stage = self._stage
        state = self._states.get(key) if stage else None
        if stage is None or state is None or state.state != stage.state:
            return False
        life = self._uow.events.find(register=self._register.code, key=key)
        steps = [event for event in life if event.form == self._form.code and event.state]
        papers = {submission for submission, _, _ in earlier}
        same = [event for event in steps if event.submission in papers]
        if same and (same[-1].number == steps[-1].number or same[-1].state == steps[-1].state):
            return False
        refused = () if same else [made for each in papers if (made := self._uow.papers.made(each)) is not None]
        if refused and not self._answered_since(max(refused), life):
            return True
        made = self._uow.papers.made(steps[-1].submission) if steps else None
        if made is None or made >= self._made:
            return False
        return bool(same) or all(
            (self._uow.papers.made(each) or made) < made for each in papers
        )  # refused, then answered

    def _answered_since(self, refused: datetime, life: Iterable[Event]) -> bool:
        """Tell whether a paper made after that has said something of the step."""
        those = {event.submission for event in life if event.form == self._form.code and event.submission}
        return any((made := self._uow.papers.made(each)) is None or made > refused for each in those)

    def _was_led_back(self, key: str, stage: Stage) -> bool:
        """Tell whether the step has led the record on before, and something has led it back since."""
        life = self._uow.events.find(register=self._register.code, key=key)
        return any(event.state == stage.state for event in since_taken(self._form, life)[1:])

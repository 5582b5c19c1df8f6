"""A step that was taken with a doubt (a name that was not in force) is amended by its own row, handed in with that cell mended.

So what the doubt asks for can be done. Nothing else of a taken step changes by its row: it stands as it was taken.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import date

from pipeline.domain.embedded_metadata import parse_token
from pipeline.domain.record import Event, Record, RecordState
from pipeline.domain.record_fold import fold
from pipeline.merge.earlier_round import led_to
from pipeline.merge.statement import StatementBase
from schemas.language import FieldRole, Form, Stage, Stored, StoredValues

_OF_THE_DEED = (FieldRole.ACTOR, FieldRole.DONE_ON)
"""A name and its day are doubted together: either may be the wrong one."""


def amended(
    stage: Stage,
    form: Form,
    record: Record,
    state: RecordState,
    life: Sequence[Event],
    doubted: Set[str],
    base: StatementBase | None = None,
) -> dict[str, Stored]:
    """Return what *record*, a row of *form*, amends in the step that the same row has taken: cells of which something was
    *doubted* (field codes), and that still stand as they were taken. Nothing where the record (*state*, with its events
    *life*) has been led on since, or where the row says anything else anew.
    """
    at = next((at for at in reversed(range(len(life))) if life[at].form == form.code and life[at].state), None)
    if at is None or state.state != led_to(life[at], life[at:]):
        return {}
    taken, metadata = life[at], parse_token(record.token)
    of_this_row = metadata[1] < taken.number if metadata else base is not None and taken.submission in base.voice
    stood = fold(life[: at + 1])  # a name that had signed the round before as well was not set again
    as_taken: StoredValues = stood.values if stood else {}
    said = {code: value for code, value in record.values.items() if as_taken.get(code) != value}
    of_the_deed = {each.code for each in form if each.means in _OF_THE_DEED}
    open_to_it = set(doubted) | (of_the_deed if of_the_deed & doubted else set())
    open_to_it -= {code for transition in stage.transitions for code, _ in transition.when}
    untouched = all(state.values.get(code) == as_taken.get(code) for code in said)
    return said if of_this_row and untouched and open_to_it.issuperset(said) else {}


def is_open_still(stage: Stage, form: Form, record: Record, state: RecordState, day: date) -> bool:
    """Tell whether *record*, a row of *form*, may say again on *day* what the step has said (``Stage.open_until``): it has led on
    to nothing else, and neither the day nor the moment at which the row says it was done is past what is set.
    """
    until = str(state.values.get(stage.open_until) or "")
    if state.state not in {way.to for way in stage.transitions}:
        return False
    done = form.meaning(FieldRole.DONE_ON)
    said = str(record.values.get(done.code) or "") if done else ""
    return day.isoformat() <= until[:10] and said[: len(until)] <= until


def is_put_right(stage: Stage, state: RecordState, said: StoredValues) -> bool:
    """Tell whether what a row of a step that was taken has *said* otherwise is only put right (``Stage.open_in``): nothing by
    which the way was chosen.
    """
    chosen = {code for transition in stage.transitions for code, _ in transition.when}
    return state.state in stage.open_in and chosen.isdisjoint(said)

"""What a changed drawn procedure leaves behind: records in states that it has no more, and procedures whose workbook has gone."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.definitions.drawn_workbook import DrawnProcedures
from pipeline.domain.finding import Finding
from pipeline.domain.rulebook import found
from pipeline.outside.ledger import UnitOfWork
from schemas.language import Localized

_LED = Localized("改到“{to}”", "they are led to “{to}”")
_STAYS = Localized("照原来的“{stage}”办完", "they are done as they began, by “{stage}”")
_OVER = Localized("已经办完，照原来的状态留着", "they are over, and stay as they are")
_STUCK = Localized("没有环节接着办，停在那里", "no stage leads on from there: they stand still")
_SHOWN = 10


def gone_states(drawn: DrawnProcedures, uow: UnitOfWork, *, led: bool) -> Iterator[Finding]:
    """Yield what becomes of records in states that a changed procedure has no more: of those that are *led* on, to be asked before
    they are, or of those that stay.
    """
    for book in drawn.workbooks:
        for each in book.gone:
            keys = list(uow.records.get(each.register, states=[each.state])) if (each.to is not None) is led else []
            if not keys:
                continue
            what = (
                _LED.filled(to=each.to)
                if each.to
                else _STAYS.filled(stage=each.stays)
                if each.stays
                else _OVER
                if each.over
                else _STUCK
            )
            lost = not (each.to or each.stays or each.over)
            yield found(
                "definition.state_stuck" if lost else "definition.state_gone",
                file=book.path.name,
                field=f"{each.register}.{each.state}",
                value=each.words.zh,
                state=each.words,
                register=each.title,
                count=len(keys),
                which="、".join(keys[:_SHOWN]) + ("……" if len(keys) > _SHOWN else ""),
                what=what,
            )


def gone_procedures(drawn: DrawnProcedures, uow: UnitOfWork) -> Iterator[Finding]:
    """Yield the drawn procedures whose workbook has gone from the folder, with what that means for their records."""
    for name, procedure in drawn.missing:
        waiting = done = 0
        for register in procedure.registers:
            final = {state.code for state in register.states if state.final or state.closed}
            for state in register.states:
                count = len(uow.records.get(register.code, states=[state.code]))
                waiting, done = (waiting, done + count) if state.code in final else (waiting + count, done)
        if waiting or done:
            yield found(
                "definition.gone",
                file=name,
                value=procedure.title.zh,
                title=procedure.title,
                waiting=waiting,
                done=done,
            )

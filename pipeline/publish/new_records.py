"""What came in, in registers of which whoever watches over them is to read each record: a day's reports, once, as they come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from pipeline.domain.duties import managers_of
from pipeline.domain.notice import TOLD_FOR, WorkNotice
from pipeline.domain.record import Event, RecordState
from pipeline.domain.record_title import title_of
from pipeline.domain.roster import Roster
from pipeline.outside.ledger import UnitOfWork
from schemas.language import Catalogue, Localized, Register

_SHOWN = 30
"""Of one run and register: whoever hands in a year's papers at once is told of as such."""
_LONGEST = 100
_CAME = Localized("{register} {key} {title}：{said}", "{register} {key} {title}: {said}")
_MORE = Localized("{register}又有 {count} 条，见总表", "{register}: {count} more, see the master")


def new_records(catalogue: Catalogue, uow: UnitOfWork, roster: Roster, day: date) -> Iterator[tuple[str, WorkNotice]]:
    """Yield, with the staff number of who reads it, what came in the days up to *day* (``Register.told_new``)."""
    for register in catalogue.registers:
        readers = managers_of(register, roster) if register.told_new else ()
        events = uow.events.find(register=register.code, since=day - TOLD_FOR) if readers else []
        opened: dict[int, list[Event]] = defaultdict(list)
        for event in events:
            if event.opens and event.submission:
                opened[event.run].append(event)
        states = uow.records.of_events([event for those in opened.values() for event in those])
        for run, those in opened.items():
            for reader in readers:
                others = [each for each in those if roster.named(each.actor) != reader]
                for event in others[:_SHOWN]:
                    if (state := states.get((event.register, event.key))) is not None:
                        yield reader.number, WorkNotice(f"new/{event.number}", _in_words(register, state))
                if len(others) > _SHOWN:
                    says = _MORE.filled(register=register.title, count=str(len(others) - _SHOWN))
                    yield reader.number, WorkNotice(f"new/{register.code}/{run}", says)


def _in_words(register: Register, state: RecordState) -> Localized:
    told = [(register.field(code), state.values[code]) for code in register.told_new if code in state.values]
    shown = {
        "zh": "，".join(f"{field.label.zh} {_cut(field.text(value, 'zh'))}" for field, value in told),
        "en": ", ".join(f"{field.label.en} {_cut(field.text(value, 'en'))}" for field, value in told),
    }
    title = title_of(register, state)
    return _CAME.filled(register=register.title, key=state.key, title=title, said=Localized(shown["zh"], shown["en"]))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"

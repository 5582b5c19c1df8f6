"""What came in, in registers of which whoever watches over them, and whom a record names, is to read each: reports, once, as they come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
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
        came = _came(register, uow, day - TOLD_FOR) if register.told_new else []
        states = uow.records.of_events(came)
        for (number, run), those in _by_reader(register, came, states, roster).items():
            for event, state in those[:_SHOWN]:
                yield number, WorkNotice(f"new/{event.number}", _in_words(register, state))
            if len(those) > _SHOWN:
                says = _MORE.filled(register=register.title, count=str(len(those) - _SHOWN))
                yield number, WorkNotice(f"new/{register.code}/{run}", says)


def _came(register: Register, uow: UnitOfWork, since: date) -> list[Event]:
    """Return the sheets since a day that opened records of *register*, or that ended what the program itself had opened, with something
    to tell.
    """
    if not register.kept:
        return [event for event in uow.events.openings(register.code, since) if event.submission]
    forms = [form.code for form in register.forms]
    steps = uow.events.find(since=since, changes=True, forms=forms)
    return [event for event in steps if event.register == register.code and _ends_with_news(register, event)]


def _ends_with_news(register: Register, event: Event) -> bool:
    state = register.state(event.state)
    return state is not None and state.final and any(event.values.get(code) is not None for code in register.told_new)


def _by_reader(
    register: Register, came: Iterable[Event], states: Mapping[tuple[str, str], RecordState], roster: Roster
) -> Mapping[tuple[str, int], list[tuple[Event, RecordState]]]:
    """Return what is told by reader, his staff number, and run: to all but whoever has handed it in."""
    found: dict[tuple[str, int], list[tuple[Event, RecordState]]] = defaultdict(list)
    managers = managers_of(register, roster)
    for event in came:
        if (state := states.get((event.register, event.key))) is None:
            continue
        named = roster.named_in(state.values.get(code) for code in register.told_to)
        for reader in dict.fromkeys((*managers, *named)):
            if roster.named(event.actor) != reader:
                found[reader.number, event.run].append((event, state))
    return found


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

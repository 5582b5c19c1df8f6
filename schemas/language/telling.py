"""Whom a register tells of what another has done, or has not: watches that procedures share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from schemas.language.field import Option
from schemas.language.words import Localized
from schemas.language.work import (
    FigureRows,
    Measure,
    RegisterView,
    Seen,
    Statistic,
    Watch,
    by_month,
    rate,
    share,
    warning,
)

TOLD_FOR = timedelta(days=7)


def line_by_another(
    rule: str,
    lines: str,
    what: tuple[str, Sequence[Option]],
    by: str,
    of: tuple[str, str],
    people: tuple[str, ...],
) -> Watch:
    """Return the watch that tells, for a week, whom a record names in one of *people* of each line of the register *lines*
    that somebody else (field *by*) has handed in about that record: it changes by a hand that is not theirs.

    *what* is the choice in the line that says of what it speaks, as its content may be private; *of* is the field that names
    the record, and the register of that.
    """
    reference, register = of
    item, options = what
    said = {option.code: option.words for option in options}

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        for key, each in held[lines].items():
            record = held[register].get(str(each.get(reference)))
            if record is None or each.since is None or today - each.since > TOLD_FOR:
                continue
            author = str(each.get(by))
            named = {str(record.get(code)) for code in people if record.get(code)}
            for person in sorted(named - {author}):
                about = {"by": author, "what": said[str(each.get(item))]}
                yield Seen(key, reference, record.key, details=about, person=person)

    return warning(
        rule,
        Localized(
            "{by}登记了 {value} 的“{what}”有更新，请知悉", "{by} has entered a new “{what}” of {value}, for you to know"
        ),
        Localized("看过选“知道了”；不对的，找{by}核实", "Note it; ask {by} where it is wrong"),
        look,
        asks=False,
    )


def not_given_back(rule: str, register: str, state: str, what: str, due: str, person: str) -> Watch:
    """Return the watch that tells whoever has borrowed *what*, from the day after it was *due*, beside the one who is to take
    it back: he alone can bring it.
    """

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        for key, each in held[register].items():
            by = str(each.get(due) or "")[:10]
            if each.state == state and by and by < today.isoformat():
                who = str(each.get(person))
                yield Seen(key, due, by, details={"what": str(each.get(what)), "who": who}, person=who)

    return warning(
        rule,
        Localized("{who}借的 {what} 应于 {value} 归还，还没有还", "{what}, lent to {who}, was due back on {value}"),
        Localized("归还后由保管人登记归还", "Give it back, and have its keeper register that"),
        look,
    )


def missed_by_month(code: str, title: Localized, register: str, due: str, missed: str) -> Statistic:
    """Return the statistic of the duties of *register* whose day (field *due*) is past, by month: how many were not done."""

    def rows(held: RegisterView, today: date) -> FigureRows:
        past = [each for each in held[register].values() if str(each.get(due) or "9999")[:10] < today.isoformat()]
        counted = by_month(past, due, today)
        lacking = {month: sum(each.state == missed for each in those) for month, those in counted.items()}
        return [
            [month, len(those), lacking[month], share(lacking[month], len(those))] for month, those in counted.items()
        ]

    measures = (Measure(Localized("应办", "Due")), Measure(Localized("未做", "Missed")), rate("未做率", "Share missed"))
    return Statistic(code, title, Localized("月份", "Month"), measures, rows)

"""Whom a register tells of what another has done, or has not: watches that procedures share."""

from __future__ import annotations

from collections import defaultdict
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
    month_of,
    rate,
    share,
    warning,
)
from schemas.language.workdays import next_workday, workdays_of

TOLD_FOR = timedelta(days=7)
_ASKED_FOR = timedelta(days=30)


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
                about: dict[str, str | Localized] = {"by": author, "what": said[str(each.get(item))]}
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


def bad_answer(
    rule: str,
    register: str,
    answer: tuple[str, Option],
    about: tuple[str, str],
    says: Localized,
    fix: Localized,
    roles: tuple[str, ...],
) -> Watch:
    """Return the watch that tells the holders of *roles*, until they have noted it but for a month at the most, of records in
    which *answer* (a field and what it holds) says that something is wrong: a step that ends there would leave it at that.

    *about* are the fields that *says* calls ``what`` and ``note``.
    """
    field, wrong = answer
    what, note = about

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        for key, each in held[register].items():
            if each.get(field) == wrong.code and each.since is not None and today - each.since <= _ASKED_FOR:
                said = {"what": str(each.get(what) or key), "note": str(each.get(note) or "")}
                for role in roles:
                    yield Seen(key, field, wrong.words.zh, role, said)

    return warning(rule, says, fix, look)


def came_in_late(rule: str, register: str, day: str, person: str, role: str) -> Watch:
    """Return the watch that tells *role*, for a week, who has handed in lines of *register* more than a working day after the
    *day* that they are of: once for all that came together.
    """

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        late: dict[tuple[str, date], list[tuple[str, str]]] = defaultdict(list)
        for key, each in held[register].items():
            of = str(each.get(day) or "")[:10]
            if (
                of
                and each.since
                and today - each.since <= TOLD_FOR
                and each.since > next_workday(date.fromisoformat(of))
            ):
                late[str(each.get(person)), each.since].append((of, key))
        for (name, came), those in sorted(late.items()):
            earliest, key = min(those)
            about = {"name": name, "count": str(len(those)), "came": came.isoformat()}
            yield Seen(key, day, earliest, role, about)

    return warning(
        rule,
        Localized(
            "{name} {came} 才交来 {count} 条，最早的是 {value} 的",
            "{name} handed in {count} lines on {came}, the earliest of {value}",
        ),
        Localized(
            "核实是否当时记的；当天的事当天交", "Ask whether they were written then; what is done is handed in that day"
        ),
        look,
    )


def no_plan(rule: str, of: tuple[str, str], lines: tuple[str, str, str], role: str) -> Watch:
    """Return the watch that tells, once the first working day of a month is over, whom records name who were there when it
    began (*of*: their register and the field), and who has no line of a plan for it; and the one holder of *role*.

    *lines* are the register of such lines, the field of their month, the field of whose they are. Nothing is told before an
    office has planned at all.
    """
    register, owner = of
    planned, month_field, person = lines

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        month = month_of(today)
        if not held[planned] or workdays_of(month)[0] >= today:
            return
        done = {str(each.get(person)) for each in held.holding(planned, month_field, month)}
        first: dict[str, str] = {}
        for key, each in sorted(held[register].items()):
            if each.since is not None and each.since < today.replace(day=1):
                first.setdefault(str(each.get(owner)), key)
        for name in sorted(set(first) - done):
            yield Seen(first[name], owner, name, role, {"month": month})
            yield Seen(first[name], owner, name, details={"month": month}, person=name)

    return warning(
        rule,
        Localized("“{value}”没有交 {month} 的计划", "“{value}” has handed in no plan for {month}"),
        Localized("把本月计划补交来", "Hand in the plan of this month"),
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

"""Whom a register tells of what another has done, or has not: watches that procedures share."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from schemas.language.clashes import TimeSpan, clashing
from schemas.language.durations import came_late, is_whole_day, parse_moment
from schemas.language.ending import ended
from schemas.language.field import Option
from schemas.language.words import Localized
from schemas.language.work import (
    FigureRows,
    Measure,
    RecordView,
    RegisterView,
    Seen,
    Statistic,
    Watch,
    by_month,
    month_of,
    months_back,
    rate,
    share,
    warning,
)
from schemas.language.workdays import next_workday, workdays_of

TOLD_FOR = timedelta(days=7)
_ASKED_FOR = timedelta(days=30)


def is_recent(each: RecordView, today: date, within: timedelta = TOLD_FOR) -> bool:
    """Tell whether *each* came to where it stands on *today*, or so many days before at the most: what is told for a while."""
    return each.since is not None and today - each.since <= within


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
    answer: tuple[str, *tuple[Option, ...]],
    about: tuple[str, str],
    says: Localized,
    fix: Localized,
    roles: tuple[str, ...],
    mended: Callable[[str, RegisterView], bool] | None = None,
) -> Watch:
    """Return the watch that tells the holders of *roles*, until they have noted it but for a month at the most, of records in
    which *answer* (a field and what it may hold) says that something is wrong: a step that ends there would leave it at that.
    Where what is to be done about it can be seen, it is told as long as *mended* says that it is not, by the record's key.

    *about* are the fields that *says* calls ``what`` and ``note``. Nothing is told of what was ended.
    """
    field, *wrong = answer
    words = {each.code: each.words.zh for each in wrong}
    what, note = about

    def asked(each: RecordView, held: RegisterView, today: date) -> bool:
        if mended is not None:
            return not mended(each.key, held)
        return is_recent(each, today, _ASKED_FOR)

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        for key, each in held[register].items():
            if each.state == ended(register):
                continue
            if (value := words.get(str(each.get(field)))) and asked(each, held, today):
                said = {"what": str(each.get(what) or key), "note": str(each.get(note) or "")}
                for role in roles:
                    yield Seen(key, field, value, role, said)

    return warning(rule, says, fix, look)


def came_in_late(rule: str, register: str, day: str, person: str, role: str, known: str = "") -> Watch:
    """Return the watch that tells *role*, for a week, who has handed in lines of *register* more than a working day after the
    *day* that they are of: once for all that came together. Of records that go on, the field *known* (``durations.known_on``)
    says when they came.
    """

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        late: dict[tuple[str, date], list[tuple[str, str]]] = defaultdict(list)
        for key, each in held[register].items():
            of = str(each.get(day) or "")[:10]
            came = date.fromisoformat(str(each.get(known))) if each.get(known) else None if known else each.since
            if of and came and today - came <= TOLD_FOR and came > next_workday(date.fromisoformat(of)):
                late[str(each.get(person)), came].append((of, key))
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


def overlapping(rule: str, register: str, began: str, hours: str, person: str, what: str) -> Watch:
    """Return the watch that tells of two records of one *person*, by name in that field, that cannot both be so: the later one
    *began* (a moment) before the earlier one was over, after so many *hours*. A day without an hour tells nothing.
    """

    def span(each: RecordView) -> TimeSpan | None:
        start, length = parse_moment(each.get(began)), each.get(hours)
        if start is None or not length or is_whole_day(each.get(began)):
            return None
        return start, start + timedelta(hours=float(length))

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        of_one = clashing(held[register].values(), span, lambda each: [(person, str(each.get(person)))])
        for later, earlier, _ in of_one:
            about = {"who": str(later.get(person)), "other": str(earlier.get(what)), "hours": f"{earlier.get(hours):g}"}
            about |= {"since": str(earlier.get(began)).replace("T", " ")}
            for told in ("", str(later.get(person))):  # who watches over it, and himself
                yield Seen(later.key, began, str(later.get(began)).replace("T", " "), details=about, person=told)

    return warning(
        rule,
        Localized(
            "{who} {value} 开始的一次和“{other}”（{since} 起 {hours} 小时）时间重叠",
            "{who}: what began on {value} overlaps with “{other}” ({hours} hours from {since})",
        ),
        Localized("核对开始时间和时长", "Check when both began and how long they took"),
        look,
    )


def acted_unapproved(
    rule: str, lines: tuple[str, str, str], plans: tuple[str, str, str], approved: str, role: str
) -> Watch:
    """Return the watch that tells the person and *role* of what somebody has done in a month under a plan that is not
    *approved* (a state): nobody has said that it was to be done. For the running month and the one before.

    *lines* are the register of what was done, the field of its day and of its person; *plans* that of the plans, the field of
    the month and of whose it is. Whoever has no plan at all is another matter (``no_plan``).
    """
    register, day, by = lines
    planned, month_field, person = plans

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        waiting = {
            (str(each.get(month_field)), str(each.get(person))): each
            for each in held[planned].values()
            if each.state != approved and str(each.get(month_field)) in months_back(today, 2)
        }
        done: Counter[tuple[str, str]] = Counter()
        for each in held[register].values() if waiting else ():
            done[month_of(each.get(day)), str(each.get(by))] += 1
        for (month, who), plan in waiting.items():
            if count := done[month, who]:
                about = {"month": month, "count": str(count)}
                yield Seen(plan.key, person, who, role, about)
                yield Seen(plan.key, person, who, details=about, person=who)

    return warning(
        rule,
        Localized(
            "“{value}”{month} 的计划没有批准，已办 {count} 次，都不算按计划完成",
            "“{value}”: {count} done in {month} under a plan that is not approved, none counts as planned",
        ),
        Localized("先审批计划；要改的退回修改", "Decide on the plan, or return it"),
        look,
    )


def fewer_listed(rule: str, looks: str, said: tuple[str, str], listed: tuple[str, str], role: str) -> Watch:
    """Return the watch that tells *role*, once the next working day is over and for a month, of a look of the register *looks*
    that found more than was listed: *said* are its fields of how many and of its day, *listed* the register where each is
    to stand and the field of the day, or moment, it came up. What came up since the look before counts, and once only.
    """
    count, on = said
    register, day = listed

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        done = sorted(
            (str(each.get(on)), key, int(each.get(count) or 0)) for key, each in held[looks].items() if each.get(on)
        )
        free = sorted(str(each.get(day))[:10] for each in held[register].values() if each.get(day)) if done else []
        before = ""
        for looked, key, found in done:
            if today - date.fromisoformat(looked) <= _ASKED_FOR:
                there = [each for each in free if before <= each <= looked][:found]
                for each in there:
                    free.remove(each)
                if len(there) < found and next_workday(date.fromisoformat(looked)) < today:
                    yield Seen(key, count, str(found), role, {"day": looked, "listed": str(len(there))})
            before = looked

    return warning(
        rule,
        Localized(
            "{day} 查看说有 {value} 条，只登记了 {listed} 条",
            "The look of {day} says {value}, of which {listed} are listed",
        ),
        Localized("把没有登记的补登记；数错的改正", "List what is missing, or correct the count"),
        look,
    )


def no_plan(
    rule: str, of: tuple[str, str], lines: tuple[str, str, str], role: str, still: Callable[[RecordView], bool] = bool
) -> Watch:
    """Return the watch that tells, once the first working day of a month is over, whom records name who were there by the end of
    that day (*of*: their register and the field, of records *still* in use), and who has no line of a plan for it; and the one holder of *role*.

    *lines* are the register of such lines, the field of their month, the field of whose they are. An office that has planned nothing
    yet is asked from the month on that follows its first record: in that one it begins.
    """
    register, owner = of
    planned, month_field, person = lines

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        month = month_of(today)
        first_day = workdays_of(month)[0]
        if first_day >= today:
            return
        by = first_day if held[planned] else first_day.replace(day=1) - timedelta(days=1)
        done = {str(each.get(person)) for each in held.holding(planned, month_field, month)}
        first: dict[str, str] = {}
        for key, each in sorted(held[register].items()):
            if each.since is not None and each.since <= by and still(each):
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


def done_after_day(rule: str, register: str, due: str, done: str, role: str) -> Watch:
    """Return the watch that tells *role*, for a week, of duties of *register* that were done (field *done*) on a day after that on
    which they were due (field *due*): to have looked on Thursday is not to have looked on Monday.
    """

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        for key, each in held[register].items():
            by, on = str(each.get(due) or "")[:10], str(each.get(done) or "")[:10]
            if by and on > by and is_recent(each, today):
                yield Seen(key, done, on, role, {"by": by})

    return warning(
        rule,
        Localized("应于 {by} 办，{value} 才办", "Due on {by}, done only on {value}"),
        Localized("问清原因；当天的事当天办", "Ask why: what is due on a day is done on that day"),
        look,
        of_due=(due,),
    )


def done_on_its_day(what: str, register: str, due: str, done: str, role: str) -> tuple[Watch, Watch]:
    """Return the watches over duties of *register*: one was done after its day (``done_after_day``, rule ``<what>_late``), or in time
    as its sheet says, which came long after (``durations.came_late``, rule ``<what>_came_late``).
    """
    late = done_after_day(f"{what}_late", register, due, done, role)
    return late, came_late(f"{what}_came_late", register, done, due, role)


def done_before_day(rule: str, register: str, due: str, done: str, role: str, waiting: tuple[str, ...] = ()) -> Watch:
    """Return the watch that tells *role*, for a week, of what was done in *register* (field *done*) on a day before the one for which
    it was agreed (field *due*): one of both days is wrong, or it was done for somebody else. Not while it is *waiting* (states) to be
    done once more.
    """

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        for key, each in held[register].items():
            by, on = str(each.get(due) or "")[:10], str(each.get(done) or "")[:10]
            if on and on < by and each.state not in waiting and is_recent(each, today):
                yield Seen(key, done, on, role, {"by": by, "what": key})

    return warning(
        rule,
        Localized("{what} 定在 {by}，{value} 就办了", "{what} was for {by}, and done on {value} already"),
        Localized(
            "核对单号和两个日期，写错的改正；确是提前办的选“知道了”",
            "Check the number and both days; note it where it was really done ahead",
        ),
        look,
    )


def missed_by_month(code: str, title: Localized, register: str, due: str, missed: str, done: str) -> Statistic:
    """Return the statistic of the duties of *register* whose day (field *due*) is past, by month: how many were not done, and how
    many only on a later day (field *done*), or by a sheet that came more than a working day later.
    """

    def rows(held: RegisterView, today: date) -> FigureRows:
        past = [each for each in held[register].values() if str(each.get(due) or "9999")[:10] < today.isoformat()]
        counted = by_month(past, due, today)
        lacking = {month: sum(each.state == missed for each in those) for month, those in counted.items()}
        late = {
            month: sum(_is_late(str(each.get(done) or "")[:10], str(each.get(due))[:10], each.since) for each in those)
            for month, those in counted.items()
        }
        return [
            [month, len(those), lacking[month], share(lacking[month], len(those)), late[month]]
            for month, those in counted.items()
        ]

    measures = (
        Measure(Localized("应办", "Due")),
        Measure(Localized("未做", "Missed")),
        rate("未做率", "Share missed"),
        Measure(Localized("迟做、迟交", "Done or told later")),
    )
    return Statistic(code, title, Localized("月份", "Month"), measures, rows)


def _is_late(done: str, due: str, came: date | None) -> bool:
    told_late = came is not None and came > next_workday(date.fromisoformat(due))
    return bool(done) and (done > due or told_late)

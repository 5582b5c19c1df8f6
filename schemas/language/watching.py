"""What a register is watched for, record by record: the same once more, nothing that is known, days that have come or lie too far off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from schemas.language.ending import ended
from schemas.language.field import Field, Kind, Option
from schemas.language.letters import plain_label
from schemas.language.words import Localized
from schemas.language.work import NO, YES, Derived, RecordView, RegisterView, Seen, Watch, warning

_IN_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")


_END_ONE = Localized(
    "是同一件的作废或改正一个，确是两件的选“知道了”", "End or correct one of them; note it where they are two"
)
ANSWER_BOTH = Localized(
    "是同一件的一起办，两个都照实填，写明同 {other}；看过或确是两件的选“知道了”",
    "Where they are one, deal with both at once, and say so in each; note it once it is seen, or where they are two",
)
"""What to do where nothing of a register is ended."""


def same_again(
    rule: str,
    register: str,
    same: Sequence[str],
    words: Localized,
    person: str,
    *,
    over: tuple[str, ...] = (),
    since: str = "",
    fix: Localized = _END_ONE,
    counts: Callable[[RecordView], bool] = lambda each: True,
) -> Watch:
    """Return the watch that tells of two records of *register* that *count* and tell one thing: every field of *same* (in *words*)
    is filled and, however it is spelt, equal. It stands at the later one, until one of them is ended, in a state of *over*, or mended.

    Told are whoever stands in field *person* of the later one, and who watches over the register. Which is later the day in field
    *since* says; else that on which it has come to its state, for records that stay where they are.
    """

    def came(each: RecordView) -> str:
        return str((each.get(since) if since else each.since) or date.max)

    silent = {ended(register), *over}

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        first: dict[tuple[str, ...], RecordView] = {}
        for key, each in sorted(held[register].items(), key=lambda one: (came(one[1]), one[0])):
            said = tuple(plain_label(str(each.get(code) or "")) for code in same)
            if each.state in silent or not all(said) or not counts(each):
                continue
            earlier = first.setdefault(said, each)
            if earlier is not each:
                about: dict[str, str | Localized] = {"other": earlier.key, "same": words}
                value = str(each.get(same[0]))
                yield Seen(key, same[0], value, details=about)
                if each.get(person):
                    yield Seen(key, same[0], value, details=about, person=str(each.get(person)))

    return warning(
        rule,
        Localized(
            "“{value}”和 {other} 的{same}相同，可能是同一件", "“{value}” has the same {same} as {other}: it may be one"
        ),
        fix,
        look,
    )


_REGISTER_HIM = Localized("核对名称；没有登记的客户先登记", "Check the name; have a customer registered who is not")


def not_among(
    rule: str,
    register: str,
    name: str,
    customers: Sequence[tuple[str, str]],
    person: str,
    role: str,
    *,
    over: tuple[str, ...] = (),
    fix: Localized = _REGISTER_HIM,
    counts: Callable[[RecordView], bool] = lambda each: True,
) -> Watch:
    """Return the watch that tells whoever stands in field *person*, *role* where he is nobody in force, of records whose field
    *name* names none of the *customers* (registers of them, each with its field of the name), by name or number: where one of
    these is used, and the record *counts*, and is neither ended nor in a state of *over*.
    """
    silent = {ended(register), *over}

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        named = {
            key: str(each.get(name))
            for key, each in held[register].items()
            if each.get(name) and each.state not in silent and counts(each)
        }
        names: dict[str, object] = {}
        for listed, called in customers if named else ():  # there may be a hundred thousand of them
            names |= held.column(listed, called)
        exactly = {str(said) for pair in names.items() for said in pair}
        doubtful = {key: said for key, said in named.items() if said not in exactly} if names else {}
        known = set(map(plain_label, exactly)) if doubtful else set[str]()
        for key, said in doubtful.items():
            if plain_label(said) not in known:
                yield Seen(key, name, said, role, person=str(held[register][key].get(person) or ""))

    return warning(
        rule,
        Localized("“{value}”不在客户登记中", "“{value}” is none of the registered customers"),
        fix,
        look,
    )


def still_blank(
    rule: str,
    register: str,
    wanted: Sequence[Field],
    about: str,
    states: tuple[str, ...],
    person: str,
    role: str,
    fix: Localized,
    *,
    when: tuple[tuple[str, str], ...] = (),
    within: timedelta = timedelta.max,
) -> Watch:
    """Return the watch that tells whoever stands in field *person*, *role* where he is nobody in force, of records in one of
    *states* that do not hold all the *wanted* fields yet, in a line for each record: what may be unknown when its sheet comes, and
    is to be found out. Only where each field of *when* holds what it names, and for so long (*within*) as it may be asked; *about* is
    the field that names the record.
    """

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        for key, each in held[register].items():
            blank = [one for one in wanted if each.get(one.code) in (None, "")]
            asked = each.state in states and all(each.get(code) == value for code, value in when)
            if blank and asked and (each.since is None or today - each.since <= within):
                missing = Localized("、".join(one.label.zh for one in blank), ", ".join(one.label.en for one in blank))
                said: dict[str, str | Localized] = {"what": str(each.get(about) or key), "missing": missing}
                yield Seen(key, blank[0].code, "", role, said, str(each.get(person) or ""))

    return warning(
        rule,
        Localized("“{what}”还没有写：{missing}", "“{what}”: not written yet: {missing}"),
        fix,
        look,
    )


def day_has_come(
    rule: str,
    register: str,
    waiting: tuple[str, ...],
    day: str,
    says: Localized,
    fix: Localized,
    role: str,
    person: str = "",
) -> Watch:
    """Return the watch that tells *role*, and whoever stands in field *person*, of records whose *day* (or moment of it) has come
    while they are *waiting* (states) for an approval.
    """

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        for key, each in held[register].items():
            on = str(each.get(day) or "").replace("T", " ")
            if each.state in waiting and on and on[:10] <= today.isoformat():
                yield Seen(key, day, on, role)
                if person:
                    yield Seen(key, day, on, person=str(each.get(person) or ""))

    return warning(rule, says, fix, look)


def too_far_off(
    rule: str,
    register: str,
    states: tuple[str, ...],
    of: tuple[str, str],
    most: int,
    says: Localized,
    fix: Localized,
    role: str,
) -> Watch:
    """Return the watch that tells *role* of records in one of *states* in which the second day of *of* (fields) is more than
    *most* days after the first; *says* calls the first ``since``, and ``days`` how many they are.
    """
    first, last = of

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        for key, each in held[register].items():
            begun, until = str(each.get(first) or "")[:10], str(each.get(last) or "")[:10]
            days = (date.fromisoformat(until) - date.fromisoformat(begun)).days if begun and until else 0
            if each.state in states and days > most:
                yield Seen(key, last, until, role, {"since": begun, "days": str(days)})

    return warning(rule, says, fix, look)


def passed_over(
    rule: str,
    register: str,
    graded: Sequence[tuple[str, Option]],
    seen: Sequence[str],
    about: str,
    states: tuple[str, ...],
    says: Localized,
    fix: Localized,
    role: str,
) -> Watch:
    """Return the watch that tells *role*, until he has noted it, of records that are *graded* (fields and what they hold) as what
    he decides on first, and have come to one of *states* without him (all fields *seen* are blank): called so only once that step
    was passed. *says* calls the field *about* ``what``, and as value what the last of *graded* holds.
    """
    code, grade = graded[-1]

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        for key, each in held[register].items():
            is_graded = all(each.get(field) == option.code for field, option in graded)
            if is_graded and each.state in states and not any(map(each.get, seen)):
                yield Seen(key, code, grade.words.zh, role, {"what": str(each.get(about) or key)})

    return warning(rule, says, fix, look)


def lowered(
    rule: str,
    register: str,
    grade: str,
    highest: Option,
    once: tuple[str, Localized],
    about: tuple[str, str],
    states: tuple[str, ...],
    roles: tuple[str, ...],
) -> tuple[Derived, Watch]:
    """Return the field *once* (code, label), which says whether a record was ever graded *highest*, and the watch that tells the
    holders of *roles* of records that were and are not any more, while they wait in *states* for whoever decides on it: whoever
    calls it less takes it from those whom it is to reach.

    *grade* is the field; *about* are those that name the record, and what it is about.
    """
    code, label = once
    kept = Derived(
        Field(code, label, Kind.CHOICE, options=(YES, NO)),
        lambda values: (YES if values.get(grade) == highest.code or values.get(code) == YES.code else NO).code,
    )

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        for key, each in held[register].items():
            if each.get(code) == YES.code and each.get(grade) != highest.code and each.state in states:
                said: dict[str, str | Localized] = {"grade": highest.words, "what": str(each.get(about[1]) or "")}
                for role in roles:
                    yield Seen(key, grade, str(each.get(about[0])), role, said)

    return kept, warning(
        rule,
        Localized(
            "“{value}”的{what}：曾定为“{grade}”，现在改低了",
            "“{value}”, {what}: it was called “{grade}” and is not any more",
        ),
        Localized(
            "核实改低是否属实；不属实的退回，仍按“{grade}”办",
            "Find out whether that is right; else return it as it was",
        ),
        look,
    )


def number_of_another_month(rule: str, register: str, day: str, known: str, person: str, role: str) -> Watch:
    """Return the watch over a register whose numbers are year, month and serial (two digits each): it tells *role*, and whoever stands
    in field *person*, for a week from the day in field *known* on, of a number given by hand that is not of the month of its *day*, or
    no such number at all.
    """

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        for key, each in held[register].items():
            on, came = str(each.get(day) or ""), str(each.get(known) or today.isoformat())
            stem = on[2:4] + on[5:7]
            fits = key.startswith(stem) and key.removeprefix(stem).isdigit()
            if on and not fits and today - date.fromisoformat(came) <= timedelta(days=7):
                said = {"like": f"{stem}01", "on": on[:10]}
                yield Seen(key, day, key, role, said)
                yield Seen(key, day, key, details=said, person=str(each.get(person) or ""))

    return warning(
        rule,
        Localized(
            "编号“{value}”不是 {on} 那个月的年月流水号（应如 {like}）",
            "The number “{value}” is not of the year and month of {on}, as {like} is",
        ),
        Localized(
            "以后登记时编号不填，由程序按月给；沿用旧编号的选“知道了”",
            "Leave the number blank, the program gives it by the month; note it where an old number goes on",
        ),
        look,
    )

"""Whom records name: watches over somebody nobody knows, who has left, or who has not the role."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from schemas.language.ending import ended
from schemas.language.field import Option
from schemas.language.letters import plain_label
from schemas.language.words import Localized
from schemas.language.work import Chosen, RecordView, RegisterView, Seen, Watch, warning

_IN_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")


def _in_force(held: RegisterView, staff: tuple[str, str, str], today: date) -> set[str]:
    """The names and numbers of whoever is on the staff sheet on the day *today*."""
    people, called, until = staff
    those = (pair for pair in held[people].items() if str(pair[1].get(until) or "9999") >= today.isoformat())
    return {plain_label(said) for key, each in those for said in (key, str(each.get(called)))}


def _named(record: RecordView, code: str) -> list[str]:
    """Whom the field *code* names, one or several, without what stands in brackets."""
    parts = re.split("[、,，;；]", _IN_BRACKETS.sub("", str(record.get(code) or "")))
    return [part.strip() for part in parts if part.strip()]


def nobody_known(
    rule: str,
    register: str,
    names: Sequence[str],
    states: tuple[str, ...],
    person: str,
    role: str,
    staff: tuple[str, str, str],
) -> Watch:
    """Return the watch that tells whoever stands in field *person*, *role* where he is nobody in force, of records in one of
    *states* in which one of the fields *names* names somebody, by name or number, who is not, or no more, on the staff sheet.
    *staff* are the register of the staff, and its fields of name and last day. Nothing is told where there is no such sheet.
    """

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        there = _in_force(held, staff, today)
        for key, each in held[register].items() if there else ():
            for code in names if each.state in states else ():
                for said in _named(each, code):
                    if plain_label(said) not in there:
                        yield Seen(key, code, said, role, {"what": key}, str(each.get(person) or ""))

    return warning(
        rule,
        Localized(
            "{what} 的{label}“{value}”不在人员表在岗人员中",
            "{label} of {what}: “{value}” is nobody of the staff sheet now in force",
        ),
        Localized(
            "写错的改正，换了人的改成接手的人；确是外单位的人选“知道了”",
            "Correct the name, or name whoever has it now; note it where he is of elsewhere",
        ),
        look,
    )


def given_to(
    rule: str,
    register: str,
    name: str,
    states: tuple[str, ...],
    by: str,
    about: Mapping[str, str],
    says: Localized,
    staff: tuple[str, str, str],
) -> Watch:
    """Return the watch that tells whom of the staff the field *name* names, other than whoever has named him (field *by*), of each
    record in one of *states*: nothing is asked of him there, and it is his to do. *says* may call the fields of *about* by its keys.
    """

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        there = _in_force(held, staff, today)
        for key, each in held[register].items() if there else ():
            for said in _named(each, name) if each.state in states else ():
                if plain_label(said) in there and said != each.get(by):
                    details = {code: str(each.get(of) or "") for code, of in about.items()}
                    yield Seen(key, name, said, "", {"no": key, **details}, said)

    return warning(
        rule,
        says,
        Localized(
            "按所写的办，办好告诉经办人；不是您办的，找经办人更正",
            "Do as it says, and tell whoever deals with it; have it corrected where it is not yours",
        ),
        look,
        asks=False,
    )


def keeper_gone(
    rule: str, register: str, name: str, role: str, staff: tuple[str, str, str], fix: Localized, still: Chosen = bool
) -> Watch:
    """Return the watch that tells *role* of records, *still* in use, whose field *name* names somebody who has left, until another one
    is named (as *fix* says). *staff* are the register of the staff, and its fields of name and last day.
    """
    people, called, until = staff

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        last: dict[str, str] = {}
        for key, each in held[people].items():
            for said in (key, str(each.get(called))):
                last[plain_label(said)] = max(str(each.get(until) or "9999"), last.get(plain_label(said), ""))
        for key, each in held[register].items():
            day = last.get(plain_label(str(each.get(name) or "")), "9999")
            if day < today.isoformat() and each.state != ended(register) and still(each):
                yield Seen(key, name, str(each.get(name)), role, {"day": day, "what": key})

    return warning(
        rule,
        Localized("“{what}”的负责人“{value}”{day} 已离岗", "“{value}”, who looked after “{what}”, has left on {day}"),
        fix,
        look,
    )


def not_of_role(
    rule: str, register: str, name: str, roles: Sequence[Option], person: str, staff: tuple[str, str, str, str]
) -> Watch:
    """Return the watch that tells whoever stands in field *person*, and who watches over the register, of records whose field
    *name* names somebody of the staff who has none of the *roles*. *staff* are the register of the staff, and its fields of name, role and further roles.
    """
    people, called, has, has_too = staff
    called_so = {name for role in roles for name in (role.code, *role.names)}
    words = Localized("、".join(role.words.zh for role in roles), ", ".join(role.words.en for role in roles))

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        somebody = {
            plain_label(str(said)): each for key, each in held[people].items() for said in (key, each.get(called))
        }
        for key, each in held[register].items():
            said = str(each.get(name) or "")
            known = somebody.get(plain_label(said)) if said and each.state != ended(register) else None
            if known and called_so.isdisjoint((known.get(has), *str(known.get(has_too) or "").split("、"))):
                yield Seen(key, name, said, details={"role": words})
                yield Seen(key, name, said, details={"role": words}, person=str(each.get(person) or ""))

    return warning(
        rule,
        Localized("“{value}”不是“{role}”的人", "“{value}” has not the role “{role}”"),
        Localized(
            "写错的改正；确是他的，人员表上补上这个岗位", "Correct the name, or give him the role on the staff sheet"
        ),
        look,
    )

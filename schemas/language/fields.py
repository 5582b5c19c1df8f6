"""Fields and answers that the forms of many procedures share: who has done a stage and when, a decision and where it
leads, content.
"""

from __future__ import annotations

from collections.abc import Sequence

from schemas.language import checks
from schemas.language.field import FieldRole, Kind, Option
from schemas.language.flow import State, Transition
from schemas.language.model import Declared, field
from schemas.language.words import Localized

APPROVED = Option("approved", Localized("同意", "Approved"), ("通过", "批准"))
RETURNED = Option("returned", Localized("退回", "Returned"), ("不同意", "驳回"))
SATISFIED = Option("satisfied", Localized("满意", "Satisfied"))
FAIRLY_SATISFIED = Option("fairly_satisfied", Localized("基本满意", "Fairly satisfied"), ("较满意",))
DISSATISFIED = Option("dissatisfied", Localized("不满意", "Dissatisfied"))
CONTENT = (SATISFIED, FAIRLY_SATISFIED, DISSATISFIED)

_GIVEN = Localized("不填，由程序编号", "Leave blank: the program gives it")


def options(*those: tuple[str, str, str]) -> tuple[Option, ...]:
    """Return options without other names: code, Chinese and English of each."""
    return tuple(Option(code, Localized(zh, en)) for code, zh, en in those)


def number(zh: str, en: str, example: str, *, given: bool = False, aliases: Sequence[str] = ()) -> Declared:
    """Return the key of a record, *given* by the program on the form that opens it."""
    help = _GIVEN if given else Localized("", "")
    return field(zh, en, kind=Kind.CODE, key=True, given=given, aliases=aliases, example=example, help=help)


def done_on(zh: str, en: str, *, aliases: Sequence[str] = (), example: str = "2026-11-03") -> Declared:
    """Return the day on which a stage was done: today or before."""
    return field(
        zh,
        en,
        kind=Kind.DATE,
        aliases=aliases,
        required=True,
        means=FieldRole.DONE_ON,
        tests=[checks.not_future()],
        example=example,
    )


def day(
    zh: str,
    en: str,
    *,
    required: bool = True,
    trends: bool = False,
    example: str = "2026-11-03",
    means: FieldRole | None = None,
    aliases: Sequence[str] = (),
) -> Declared:
    """Return a day, with *trends* today or before."""
    tests = [checks.not_future()] if trends else []
    return field(zh, en, kind=Kind.DATE, aliases=aliases, required=required, tests=tests, example=example, means=means)


def moment(
    zh: str,
    en: str,
    example: str = "2026-11-02 09:30",
    *,
    trends: bool = True,
    means: FieldRole | None = None,
    aliases: Sequence[str] = (),
) -> Declared:
    """Return a required day with its hour, with *trends* today or before."""
    tests = [checks.not_future()] if trends else []
    return field(zh, en, kind=Kind.MOMENT, aliases=aliases, required=True, tests=tests, example=example, means=means)


def phone(zh: str, en: str, example: str = "", *, required: bool = False) -> Declared:
    """Return somebody's telephone number."""
    tests = [checks.phone_number()]
    return field(zh, en, kind=Kind.PHONE, required=required, private=True, tests=tests, example=example)


def done_by(zh: str, en: str, example: str = "王建国", *, aliases: Sequence[str] = ()) -> Declared:
    """Return who has done a stage."""
    return field(zh, en, aliases=aliases, required=True, means=FieldRole.ACTOR, example=example)


def filled_by(zh: str, en: str, example: str = "李敏", *, aliases: Sequence[str] = ()) -> Declared:
    """Return who has filled the sheet that opens a record."""
    return field(zh, en, aliases=aliases, required=True, means=FieldRole.SUBMITTER, example=example)


def person(
    zh: str,
    en: str,
    example: str = "王建国",
    *,
    required: bool = True,
    means: FieldRole | None = None,
    aliases: Sequence[str] = (),
) -> Declared:
    """Return somebody of the office's staff sheet: anybody else is an error, and the column offers their names."""
    tests = [checks.on_roster()]
    return field(zh, en, aliases=aliases, required=required, means=means, tests=tests, example=example)


def decision(zh: str, en: str) -> Declared:
    """Return a decision: approved, or returned with a reason (``reason``)."""
    return field(zh, en, required=True, options=(APPROVED, RETURNED))


def decided(
    code: str,
    onward: State,
    otherwise: State,
    yes: Option = APPROVED,
    no: Option = RETURNED,
    *,
    back: bool = True,
    calls: bool = False,
) -> tuple[Transition, Transition]:
    """Return where an answer of two leads: field *code* holds *yes*, or *no*, which sends the record *back*, or *calls* somebody
    with its reason.
    """
    return (
        Transition(onward.code, when=((code, (yes.code,)),)),
        Transition(otherwise.code, when=((code, (no.code,)),), back=back, calls=calls),
    )


def reason(zh: str, en: str, when: str, *codes: str, **more: Declared) -> Declared:
    """Return the reason for which a record goes back: required when field *when* holds one of *codes* (RETURNED)."""
    return field(zh, en, required_when={when: codes or (RETURNED.code,)}, means=FieldRole.REASON, **more)


def text(zh: str, en: str, example: str = "", **more: Declared) -> Declared:
    """Return a required text."""
    return field(zh, en, required=True, example=example, **more)


def amount(zh: str, en: str, *, required: bool = True, example: str = "1200", **bounds: Declared) -> Declared:
    """Return an amount of money in yuan, or a count that may be broken: not below zero, or above it (``gt=0``)."""
    least: dict[str, Declared] = {} if "gt" in bounds else {"ge": 0}
    return field(zh, en, kind=Kind.NUMBER, required=required, example=example, **(least | bounds))

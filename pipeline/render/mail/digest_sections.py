"""What a letter says beside tasks and faults: what others left open, what lapses, whose data lack, how the books stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from pipeline.domain.balance import FILES, ROWS, Flow
from pipeline.domain.decision import Decision
from pipeline.domain.duties import Duties
from pipeline.domain.finding import OpenFinding
from pipeline.domain.office import Office
from pipeline.domain.office_tables import calendar_title
from pipeline.domain.receipt import Receipt
from pipeline.domain.record_title import title_of
from pipeline.domain.redaction import mask, mask_numbers, one_line
from pipeline.domain.replaced_value import ReplacedValue
from pipeline.domain.roster import Person
from pipeline.domain.rulebook import Rulebook
from pipeline.render.mail.digest_words import Say
from pipeline.render.rows_in_words import rows_in_words
from pipeline.render.undelivered_words import undelivered_advice, undelivered_sentence
from schemas.language import Language, Severity

LAPSING_SHOWN = 5
CHANGES_SHOWN = 50
RECEIPTS_SHOWN = 8
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class DigestSection:
    """A heading with its lines."""

    title: str
    lines: Sequence[str]


def asides(office: Office, person: Person, own: Duties, say: Say, told: Set[str] = frozenset()) -> list[DigestSection]:
    """Return what else *person* is to read, nothing where there is nothing: of what only happened, what was not *told* yet."""
    return [aside for aside in _all(office, person, own, say, told) if aside.lines]


def count_of_news(office: Office, person: Person, told: Set[str]) -> int:
    """Return of how many changes *person* is only told."""
    news = (office.notices, office.decided, office.replaced)
    return sum(each.item not in told for known in news for each in known.get(person.number, ()))


def keeps_the_books(office: Office, person: Person) -> bool:
    """Tell whether *person* takes in what opens the office's first register, or stands for the office: the reconciliation of
    all is theirs. Who hands in his own papers alone reads what became of those (``receipts_in_words``).
    """
    opening = {
        stage.role
        for procedure in office.catalogue.procedures
        if procedure.introduces
        for register in procedure.registers
        for stage in register.stages
        if stage.form == register.base.code
    }
    return not person.number or person.has_role(*opening)


def is_the_offices(person: Person) -> bool:
    """Tell whether *person* stands for the office: its administrator, who is on no roster."""
    return not person.number


def receipts_in_words(office: Office, person: Person, say: Say) -> list[DigestSection]:
    """Return what became of what *person* handed in for this run, nothing where there was nothing."""
    given = office.receipts.get(person.number, ())
    shown = given if len(given) <= RECEIPTS_SHOWN else given[: RECEIPTS_SHOWN - 1]
    lines = [_receipt(each, office.language, say) for each in shown]
    if more := given[len(shown) :]:
        whole = Receipt(
            "",
            sum(each.accepted for each in more),
            sum(each.unchanged for each in more),
            sum(each.rejected for each in more),
            answers=sum(each.answers for each in more),
            on_worklist=sum(each.on_worklist for each in more),
        )
        lines.append(say("receipt_more", count=len(more), rows=rows_in_words(whole, office.language)))
    return [DigestSection(say("receipts"), lines)] if lines else []


def _with_whom(office: Office, left: Sequence[OpenFinding], say: Say) -> list[str]:
    """Return by name how many of what is *left* open is with whom, most first."""
    return [
        say("wrong_with", name=one_line(office.person_name(number)) if number else say("the_office"), count=count)
        for number, count in Counter(found.owner for found in left).most_common()
    ]


def _receipt(receipt: Receipt, language: Language, say: Say) -> str:
    file = mask_numbers(one_line(receipt.file))
    file = file if len(file) <= _LONGEST_NAME else f"{file[: _LONGEST_NAME - 1]}…"
    if receipt.refused or receipt.known:
        return say("receipt_refused" if receipt.refused else "receipt_known", file=file)
    return say("receipt_rows", rows=rows_in_words(receipt, language), file=file)


def _all(office: Office, person: Person, own: Duties, say: Say, told: Set[str]) -> Iterator[DigestSection]:
    year = office.unknown_holidays if is_the_offices(person) else 0
    stuck = undelivered_sentence(office.undelivered).to(office.language) if is_the_offices(person) else ""
    yield DigestSection(
        say("undelivered"), [stuck, undelivered_advice(office.undelivered).to(office.language)] if stuck else []
    )
    title = calendar_title(office.catalogue).to(office.language)
    yield DigestSection(say("holidays"), [say("holidays_unknown", year=year, table=title)] if year else [])
    notices = [each for each in office.notices.get(person.number, ()) if each.item not in told]
    yield DigestSection(say("notices"), [mask_numbers(one_line(each.says.to(office.language))) for each in notices])
    decided = [each for each in office.decided.get(person.number, ()) if each.item not in told]
    yield DigestSection(say("decided"), [_decided(each, office.language, say) for each in decided])
    replaced = [each for each in office.replaced.get(person.number, ()) if each.item not in told]
    yield DigestSection(
        say("replaced"), [_replaced(each, office.language, say) for each in replaced if not each.watched]
    )
    watched = [_replaced(each, office.language, say) for each in replaced if each.watched]
    more = len(watched) - CHANGES_SHOWN
    counted = [say("more_changes", count=more)] if more > 0 else []
    yield DigestSection(say("watched"), [*watched[:CHANGES_SHOWN], *counted])
    errors, reminders = (
        [each for each in own.left_open if (each.finding.severity is Severity.ERROR) is wrong]
        for wrong in (True, False)
    )
    yield DigestSection(say("left_open", count=own.errors_left), _with_whom(office, errors, say))
    yield DigestSection(say("left_reminders", count=own.reminders_left), _with_whom(office, reminders, say))
    yield DigestSection(
        say("passed_on", count=len(own.passed_on)), [_passed_on(each, office) for each in own.passed_on[:LAPSING_SHOWN]]
    )
    for kept in own.kept:
        register = kept.register
        lines = [
            say(
                "lapsed" if until < office.today else "lapses",
                title=mask_numbers(one_line(title_of(register, entry))),
                key=mask(entry.key) if register.key.private else entry.key,
                day=until.isoformat(),
            )
            for until, entry in kept.expiring[:LAPSING_SHOWN]
        ]
        more = len(kept.expiring) - len(lines)
        yield DigestSection(
            say("lapsing", count=len(kept.expiring)), [*lines, *([say("more", count=more)] if more else [])]
        )
        if kept.incomplete:
            sentence = say("incomplete", count=len(kept.incomplete), all=kept.records, percent=int(kept.percent))
            yield DigestSection(say("completeness"), [sentence])
    if office.balance is not None and office.balance.latest.run and keeps_the_books(office, person):
        latest, total = office.balance.latest, office.balance.total
        even = say("balance_off" if office.balance.gaps else "balance_even")
        run = say("balance_run", run=latest.run, day=latest.day or "")
        lines = [even, f"{run}{_flow(latest, say)}", f"{say('balance_all')}{_flow(total, say)}"]
        yield DigestSection(say("balance"), lines)


def _decided(each: Decision, language: Language, say: Say) -> str:
    answer = say("decision", stage=each.stage.to(language), answer=each.answer.to(language))
    return say(
        "decision_of",
        title=mask_numbers(one_line(each.title)),
        key=each.key,
        decision=answer if each.answer.to(language) else each.stage.to(language),
        by=one_line(each.by),
        on=each.on.isoformat(),
        reason=say("decision_reason", reason=mask_numbers(one_line(each.reason))) if each.reason else "",
    )


def _replaced(each: ReplacedValue, language: Language, say: Say) -> str:
    hide = mask if each.private else one_line
    before, after = (mask_numbers(hide(value.to(language))) for value in (each.before, each.after))
    if before == after:  # what tells them apart may not stand in a mail
        after = say("another_value")
    return say(
        "replaced_nameless" if each.nameless else "replaced_watched" if each.watched else "replaced_value",
        title=mask_numbers(one_line(each.title)),
        key=each.key,
        said=each.said.isoformat() if each.said else "",
        label=each.label.to(language),
        before=before,
        by=one_line(each.by),
        on=each.on.isoformat(),
        after=after,
    )


def _passed_on(each: OpenFinding, office: Office) -> str:
    who = one_line(office.person_name(each.owner)) if each.owner else one_line(office.name)
    return f"{who}：{mask_numbers(one_line(Rulebook(office.catalogue).word(each.finding, office.language).sentence))}"


def _flow(flow: Flow, say: Say) -> str:
    files = {fate: flow.files.get(fate, 0) for fate in FILES}
    rows = {fate: flow.rows.get(fate, 0) for fate in ROWS}
    others = files["known"] + files["waiting"]
    return "".join(
        (
            say("balance_files", files=flow.files_in, **files),
            say("balance_others", **files) if others else "",
            say("balance_rows", rows=flow.rows_in, ignored=sum(flow.ignored.values()), **rows),
        )
    )

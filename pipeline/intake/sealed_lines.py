"""Lines against what was signed: what comes later goes to the next period, what changes asks for a new signature."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product

from pipeline.domain.checked import Checked
from pipeline.domain.event_factory import EventFactory
from pipeline.domain.finding import Finding
from pipeline.domain.finding_at import finding_at
from pipeline.domain.record import Event, RecordState
from pipeline.domain.record_title import title_or_key
from pipeline.domain.register_views import Registers
from pipeline.domain.replaced_value import BLANK
from pipeline.domain.rulebook import found
from pipeline.intake.terms import Terms
from pipeline.intake.triggers import RegisterBatch
from pipeline.merge.keep_rows_whole import row_of
from schemas.language import Catalogue, Field, Language, Localized, Register, Stored, StoredValues
from schemas.language.sealing import Sealed

_REASON = Localized("签字后有改动：{lines}，请重新签字", "changed since it was signed: {lines}; sign it again")
_IN_ANOTHER = Localized(
    "这一行不动；有差额、变动或新的事项的，写上新的编号，另列一行再交",
    "Leave this row: list the difference, the change, or what is new in a row of its own, under a new number",
)
_NOT_ANEW = Localized(
    "这一行不动：已经办结；确是写错的，请管理员撤销那份来件",
    "Leave this row: it is done; where it was wrong have that sheet undone",
)
_IN_NEXT = Localized(
    "这一行不动；差额在 {month} 的那一行里加减，写明更正的是哪个月",
    "Leave this row: add the difference to the row of {month}, or take it off there",
)
_END_FIRST = Localized(
    "这一行不动；确要改的，请{role}先交《{form}》把这一件作废，再按改后的写上新的编号另行登记",
    "Leave this row; where it has to be changed have “{role}” end this one by “{form}”, and list it anew under a new number",
)
_IS_DONE = Localized("已签字办结", "is signed and done")
_HAS_GONE_ON = Localized("签字后已办到“{state}”", "was signed, and has gone on to “{state}”")
_SHOWN = 5
_NOBODY: Mapping[str, str] = {}


def refuse_sealed(
    catalogue: Catalogue,
    register: Register,
    checked: Iterable[tuple[object, Checked]],
    entries: Mapping[str, RecordState],
    held: Registers,
) -> None:
    """Keep those rows out that change what was signed for where nothing can be signed again."""
    for sealed, (_, each) in product(register.seals, list(checked)):
        for record in list(each.records):
            entry = entries.get(record.key)
            changed = _differing(sealed, entry.values, record.values) if entry else []
            signed = signed_for(sealed, entry.values, held.entries(sealed.register).get) if entry and changed else None
            if entry is not None and signed is not None and signed.state in sealed.final:
                form = next(one for one in register.forms if one.code == record.form)
                each.records.remove(record)
                each.rejected.add(row_of(record))
                each.findings.append(
                    finding_at(
                        "seal.final",
                        form,
                        record,
                        changed[0],
                        signed=signed.key,
                        stands=where_it_stands(catalogue.register(sealed.register), signed),
                        how=_NOT_ANEW
                        if register.kept
                        else how_else(catalogue, register, sealed, entry, held.entries(sealed.register).get),
                    )
                )


def where_it_stands(register: Register, signed: RecordState) -> Localized:
    """Say of *signed*, a record of *register*, that it is done, or how far it has gone on since."""
    state = register.state(signed.state)
    return _IS_DONE if state is None or state.final else _HAS_GONE_ON.filled(state=state.words)


def how_else(
    catalogue: Catalogue,
    register: Register,
    sealed: Sealed,
    line: RecordState,
    find: Callable[[str], RecordState | None],
) -> Localized:
    """Say how a difference is put right that what is signed cannot take up any more: in the next period, where there is one; what has
    its own approval and is under way is ended first.
    """
    field = sealed.counted_in
    if field is not None and (month := str(line.values.get(field.code) or line.values.get(sealed.period) or "")):
        return _IN_NEXT.filled(month=_first_unsigned(sealed, field, line.values, month, find))
    state = register.state(line.state) if sealed.register == register.code else None
    ending = register.ending_stage
    form = register.form_of(ending.form) if ending is not None else None
    if state is None or state.final or ending is None or form is None:
        return _IN_ANOTHER
    return _END_FIRST.filled(role=catalogue.role_words[ending.role], form=form.title)


def _first_unsigned(
    sealed: Sealed, field: Field, line: StoredValues, month: str, find: Callable[[str], RecordState | None]
) -> str:
    """Return *month*, or the first after it for which nobody has signed: *field* says in which a *line* counts."""
    while signed_for(sealed, {**line, field.code: month}, find) is not None:
        month = _next_month(month)
    return month


def settle_lines(signing: RegisterBatch, batches: Iterable[RegisterBatch], held: Registers, terms: Terms) -> None:
    """Settle what the sheets of the run have done to lines before those are taken by which the records of *signing* are signed,
    or paid: no step is taken upon a signature that no longer stands.
    """
    for batch in batches:
        for sealed in batch.register.seals:
            if batch.register.code != sealed.register == signing.register.code:
                _settle(batch, sealed, signing, held, terms, {})


def keep_sealed(
    batches: Iterable[RegisterBatch], held: Registers, terms: Terms, actors: Mapping[str, str] = _NOBODY
) -> None:
    """Settle what the run has done to lines that are signed for: say in which period new ones count, and send back the
    records whose lines are no longer those that were signed.

    Of lines settled before (``settle_lines``) what is left are records signed in this very run: whoever has signed has seen
    what he has himself changed, and nothing else. *actors* are whose papers they are, by submission.
    """
    by_code = {batch.register.code: batch for batch in batches}
    for batch in by_code.values():
        for sealed in batch.register.seals:
            if sealed.register in by_code:
                _settle(batch, sealed, by_code[sealed.register], held, terms, actors)


def _settle(
    batch: RegisterBatch,
    sealed: Sealed,
    signing: RegisterBatch,
    held: Registers,
    terms: Terms,
    actors: Mapping[str, str],
) -> None:
    _count_earlier(batch, sealed, held, terms)
    reopened: dict[str, list[str]] = {}
    beside: dict[str, list[str]] = defaultdict(list)
    new: list[RecordState] = []
    for key, line in sorted(batch.changed.items()):
        before = batch.held.get(key)
        if before is None and sealed.counted_in is not None:
            if sealed.counted_in.code not in line.values:
                new.append(line)
                signed = signed_for(sealed, line.values, held.entries(sealed.register).get)
                if signed is not None:
                    beside[signed.key] += what_changed(batch.register, sealed, None, line, terms.language)
        elif _is_news(batch.register, sealed, before, line):
            signed = signed_for(sealed, line.values, held.entries(sealed.register).get)
            if signed is None or _was_final(sealed, signing, signed):
                continue
            stood = signing.held.get(signed.key)
            signs_now = stood is None or stood.state not in sealed.states  # what leads on from there is no signature
            if not (signs_now and _are_the_signers(sealed, batch.made(key), signing.made(signed.key), actors)):
                reopened.setdefault(signed.key, []).extend(
                    what_changed(batch.register, sealed, before, line, terms.language)
                )
    held.refresh(batch.register.code, batch.changed)
    for key, changes in reopened.items():
        _reopen(signing, sealed, key, [*changes, *beside[key]], held, terms)
    for line in new:  # in its own period where that is open again because of what came with it
        _count(batch, sealed, line, held, terms)
    if new:
        held.refresh(batch.register.code, batch.changed)


def _was_final(sealed: Sealed, signing: RegisterBatch, signed: RecordState) -> bool:
    """Tell whether *signed* could not be signed again when the run began: a step that closes it changes nothing on the way."""
    before = signing.held.get(signed.key) or signed
    return signed.state in sealed.final and before.state in sealed.final


def _are_the_signers(
    sealed: Sealed, changes: Sequence[Event], steps: Sequence[Event], actors: Mapping[str, str]
) -> bool:
    """Tell whether those who made the *changes* of a line are those who took the *steps* by which it was signed for."""

    def hands(events: Iterable[Event]) -> set[str]:
        return {actors.get(each.submission) or each.actor for each in events if each.submission}

    signatures = [each for each in steps if each.state in sealed.states]
    return bool(signatures) and hands(changes) == hands(signatures)


def counted_later(catalogue: Catalogue, held: Registers) -> Iterator[Finding]:
    """Yield a finding for each line that counts in a later period than its own, until that is signed, too."""
    for register, sealed in ((each, sealed) for each in catalogue.registers for sealed in each.seals):
        if sealed.counted_in is None:
            continue
        for key, line in held.entries(register.code).items():
            own, counted = line.values.get(sealed.period), line.values.get(sealed.counted_in.code)
            if (
                counted
                and counted != own
                and signed_for(sealed, line.values, held.entries(sealed.register).get) is None
            ):
                yield found(
                    "seal.next_period",
                    form=register.base.code,
                    field=sealed.period,
                    key=key,
                    value=str(own),
                    title=title_or_key(register, line),
                    counted=str(counted),
                )


def _count(batch: RegisterBatch, sealed: Sealed, line: RecordState, held: Registers, terms: Terms) -> None:
    """Say in which period a new line counts: its own, or the first after it that nobody has signed."""
    field = sealed.counted_in
    month = str(line.values.get(sealed.period, ""))
    if field is None or not month:
        return
    month = _first_unsigned(sealed, field, line.values, month, held.entries(sealed.register).get)
    events = EventFactory(batch.register.code, terms.day, terms.run)
    batch.follow(line, events.by_program(line.key, line, {field.code: month}))


def _count_earlier(batch: RegisterBatch, sealed: Sealed, held: Registers, terms: Terms) -> None:
    """Lines that were entered before their register was declared to be sealed count in their own period."""
    field = sealed.counted_in
    if field is None:
        return
    events = EventFactory(batch.register.code, terms.day, terms.run)
    for key, line in list(held.entries(batch.register.code).items()):
        new = key in batch.changed and key not in batch.held
        if not new and field.code not in line.values:
            batch.follow(line, events.by_program(key, line, {field.code: line.values.get(sealed.period)}))


def _reopen(
    batch: RegisterBatch,
    sealed: Sealed,
    key: str,
    changes: Sequence[str],
    held: Registers,
    terms: Terms,
) -> None:
    record = held.entries(sealed.register)[key]
    events = EventFactory(batch.register.code, terms.day, terms.run)
    event = reopening(batch.register, sealed, record, changes, events, terms.language)
    held.refresh(batch.register.code, {key: batch.follow(record, event)})


def reopening(
    register: Register,
    sealed: Sealed,
    record: RecordState,
    changes: Sequence[str],
    events: EventFactory,
    language: Language,
) -> Event:
    """Return the event, without a number yet, that sends *record* of *register* back to be signed again because of
    *changes*, in words.
    """
    onward = _onward_from(register, sealed.reopens) | {sealed.reopens, *sealed.states}
    again = {stage.form for stage in register.stages if stage.form and stage.state in onward}
    others = {one.code for form in register.forms if form.code not in again for one in form}
    asked = {one.code for form in register.forms if form.code in again for one in form} - others
    blank: dict[str, Stored] = {code: None for code in asked if code in record.values}
    named = "、".join(changes[:_SHOWN]) + ("…" if len(changes) > _SHOWN else "")
    why = _REASON.to(language).format(lines=named)
    return events.by_program(record.key, record, blank, state=sealed.reopens, owner="", reason=why, why=why)


def _onward_from(register: Register, state: str) -> set[str]:
    """Return the states to which the stages lead on from *state*: what is between it and the first signature is done anew, too."""
    reached: set[str] = set()
    coming = {state}
    while coming:
        ways = (way for stage in register.stages if stage.state in coming for way in stage.transitions)
        coming = {way.to for way in ways if way.to and not way.back} - reached
        reached |= coming
    return reached


def what_changed(
    register: Register, sealed: Sealed, before: RecordState | None, line: RecordState, language: Language
) -> list[str]:
    """Return in words what is not as it was signed: a line, by its name; of what has its own approval, each changed field
    with both values, since its name says nothing to whoever looks at it.
    """
    if before is None or sealed.register != register.code:
        return [title_or_key(register, line)]
    return [
        f"{register.field(code).label.to(language)} {_said(register, before, code, language)}"
        f"→{_said(register, line, code, language)}"
        for code in _moved(sealed, before.values, line.values)
    ]


def _said(register: Register, record: RecordState, code: str, language: Language) -> str:
    value = record.values.get(code)
    return BLANK.to(language) if value is None else register.field(code).text(value, language)


def signed_for(sealed: Sealed, line: StoredValues, find: Callable[[str], RecordState | None]) -> RecordState | None:
    """Return the record that has signed for *line*, None where none has; *find* gives by key what may have."""
    counted = line.get(sealed.counted_in.code) if sealed.counted_in else None
    values = {**line, sealed.period: counted} if counted else line
    record = find(sealed.key.format_map(values))
    return record if record is not None and record.state in sealed.states else None


def _is_news(register: Register, sealed: Sealed, before: RecordState | None, line: RecordState) -> bool:
    """Tell whether *line* is not what was signed for: new, or changed; its own approval comes after it was opened."""
    if sealed.register == register.code and (before is None or before.state not in sealed.states):
        return False
    return before is None or bool(_moved(sealed, before.values, line.values))


def _moved(sealed: Sealed, before: StoredValues, after: StoredValues) -> list[str]:
    """Return what is fixed and not as it was, in whole records: also what was taken away."""
    return [code for code in sealed.fixed if after.get(code) != before.get(code)]


def _differing(sealed: Sealed, before: StoredValues, after: StoredValues) -> list[str]:
    return [code for code in sealed.fixed if code in after and after[code] != before.get(code)]


def _next_month(month: str) -> str:
    year, number = map(int, month.split("-"))
    return f"{year + number // 12:04d}-{number % 12 + 1:02d}"

"""What the office has said that names mean: the register of them → the declarations, with what was learned.

A label becomes one more alias of its field, an answer one more way to write its option, and a label that is none of the
form's is known as such. So reading and validating have no way of their own for what was learned.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from pipeline.domain.answer import NOT_OURS
from pipeline.domain.finding import Finding
from pipeline.domain.record import RecordState
from pipeline.domain.rulebook import found
from pipeline.read.recognise.labels import normalise
from schemas.language import Catalogue, Field, FieldRole, Form, Localized, Option, Procedure, Register, StoredValues

Entries = Mapping[str, RecordState]
"""The records of the register of names, by key."""

_NO_FORM = Localized("没有“{name}”这张表", "there is no form “{name}”")
_NO_FIELD = Localized("“{form}”没有“{name}”这一栏", "“{form}” has no column “{name}”")
_NO_OPTION = Localized("“{form}”的“{field}”没有“{name}”这一项", "“{field}” of “{form}” has no option “{name}”")


@dataclass(frozen=True, slots=True)
class LearnedName:
    """A name as it holds: on *form* what is *written* means the field, or in *field* the option, of the code ``means``;
    with "" it is a label that is none of the form's.
    """

    form: str
    field: str
    written: str
    means: str

    @property
    def about(self) -> tuple[str, str, str]:
        """What is the same in all that is said of one name, however it is spaced."""
        return self.form, self.field, normalise(self.written)


def learned(catalogue: Catalogue, entries: Entries, day: date) -> Mapping[tuple[str, str, str], LearnedName]:
    """Return the names in force on *day* by what they are about; of two that are about the same the later one counts."""
    register = catalogue.names
    names: dict[tuple[str, str, str], LearnedName] = {}
    if register is None:
        return names
    for key in sorted(entries, key=lambda key: (_said(register, entries[key].values, FieldRole.STARTS), key)):
        name = _understood(catalogue, register, entries[key].values)
        if isinstance(name, LearnedName) and is_in_force(register, entries[key], day):
            names[name.about] = name
    return names


def taught(catalogue: Catalogue, names: Iterable[LearnedName]) -> Catalogue:
    """Return *catalogue* with *names* among what its forms know; itself where there are none."""
    by_form: dict[str, list[LearnedName]] = defaultdict(list)
    by_choice: dict[tuple[str, str], list[LearnedName]] = defaultdict(list)
    for name in names:
        if name.field:  # all forms of a register share the choice
            by_choice[catalogue.register_of(name.form).code, name.field].append(name)
        else:
            by_form[name.form].append(name)
    if not by_form and not by_choice:
        return catalogue

    def field(register: Register, each: Field, labels: list[LearnedName]) -> Field:
        aliases = tuple(name.written for name in labels if name.means == each.code)
        options = tuple(_option(option, by_choice.get((register.code, each.code), [])) for option in each.options)
        if not aliases and options == each.options:
            return each
        return replace(each, aliases=(*each.aliases, *aliases), options=options)

    def form(register: Register, each: Form) -> Form:
        labels = by_form.get(each.code, [])
        fields = tuple(field(register, one, labels) for one in each.fields)
        foreign = tuple(name.written for name in labels if not name.means)
        return replace(each, fields=fields, foreign_labels=(*each.foreign_labels, *foreign))

    def procedure(each: Procedure) -> Procedure:
        registers = tuple(replace(one, forms=tuple(form(one, form_) for form_ in one.forms)) for one in each.registers)
        return replace(each, registers=registers)

    return Catalogue(tuple(map(procedure, catalogue.procedures)))


def unfit_names(catalogue: Catalogue, entries: Entries, day: date) -> Iterator[Finding]:
    """Yield a finding about each name in force that nothing of the *catalogue* fits: it would have no effect, unsaid."""
    register = catalogue.names
    if register is None:
        return
    meant = register.base.meaning(FieldRole.NAME_MEANS)
    for key, entry in entries.items():
        why = _understood(catalogue, register, entry.values)
        if isinstance(why, Localized) and is_in_force(register, entry, day):
            yield found(
                "names.unfit",
                form=register.base.code,
                field=meant.code if meant else "",
                key=key,
                value=_said(register, entry.values, FieldRole.NAME_WRITTEN),
                names=register.base.title,
                why=why,
            )


def is_dropped(register: Register, entry: RecordState, day: date) -> bool:
    """Tell whether somebody has said of a name that it holds no more."""
    until = _said(register, entry.values, FieldRole.NAME_DROPPED)
    return bool(until) and date.fromisoformat(until) <= day


def is_in_force(register: Register, entry: RecordState, day: date) -> bool:
    """Tell whether a name holds on *day*: it began to, and nobody has taken it back."""
    since = _said(register, entry.values, FieldRole.STARTS)
    return not (since and date.fromisoformat(since) > day) and not is_dropped(register, entry, day)


def meaning_of(form: Form, field: str, text: str) -> str | None:
    """Return the code of the field of *form*, or of the option of its *field*, that *text* names; "" where it says that a
    label is none of the form's; None where it names nothing.
    """
    plain = normalise(text)
    if field:
        asked = form.get(field)
        return next((each.code for each in asked.options if plain in _names_of(each)), None) if asked else None
    if plain in {normalise(NOT_OURS.zh), normalise(NOT_OURS.en)}:
        return ""
    found_field = _field(form, text)
    return found_field.code if found_field else None


def _understood(catalogue: Catalogue, register: Register, values: StoredValues) -> LearnedName | Localized:
    """Return what a row of the register says, or why it says nothing."""
    title, column, written, meant = (
        _said(register, values, means)
        for means in (FieldRole.NAME_FORM, FieldRole.NAME_FIELD, FieldRole.NAME_WRITTEN, FieldRole.NAME_MEANS)
    )
    form = next((each for each in catalogue.forms if normalise(title) in _titles(each)), None)
    if form is None:
        return _NO_FORM.filled(name=title)
    asked = _field(form, column) if column else None
    if column and asked is None:
        return _NO_FIELD.filled(form=form.title, name=column)
    means = meaning_of(form, asked.code if asked else "", meant)
    if means is None and asked is not None:
        return _NO_OPTION.filled(form=form.title, field=asked.label, name=meant)
    if means is None:
        return _NO_FIELD.filled(form=form.title, name=meant)
    return LearnedName(form.code, asked.code if asked else "", written, means)


def _said(register: Register, values: StoredValues, means: FieldRole) -> str:
    field = register.base.meaning(means)
    return str(values.get(field.code) or "") if field else ""


def _titles(form: Form) -> set[str]:
    return set(map(normalise, form.names))


def _field(form: Form, text: str) -> Field | None:
    plain = normalise(text)
    by_label = (each for each in form.fields if plain in {normalise(each.label.zh), normalise(each.label.en)})
    by_alias = (each for each in form.fields if plain in set(map(normalise, each.aliases)))
    return next(by_label, None) or next(by_alias, None)


def _names_of(option: Option) -> set[str]:
    return set(map(normalise, (option.code, *option.names)))


def _option(option: Option, names: Iterable[LearnedName]) -> Option:
    written = tuple(name.written for name in names if name.means == option.code)
    return replace(option, learned=(*option.learned, *written)) if written else option

"""Which field a row of changes means by the label it names, and whether that field may be changed so."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.validate.texts import half_width
from schemas.language import Field, FieldRole, Form, Localized, Register, Stage
from schemas.language.understanding import FormWords

_BRACKETED = re.compile(r"\([^()]*\)")
_AROUND = "*:;,.、。·\"'“”‘’《》「」"
_OF_A_STEP = {FieldRole.ACTOR, FieldRole.DONE_ON, FieldRole.REASON}
_ALIKE = 0.5
_SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class Target:
    """The fields of one form that a label names: one, or two when it names both ends of a range."""

    form: Form
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """The label names nothing that can be changed so: by which rule, and what its sentence says."""

    rule: str
    details: Mapping[str, Any]


class Items:
    """The labels of one register."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._base = _labels(register.base)
        self._others: dict[str, set[Target]] = {}
        for form in self._stages(register):
            for label, codes in _labels(form).items():
                self._others.setdefault(label, set()).add(Target(form, codes))
        self._words = [(FormWords(form), form) for form in (register.base, *self._stages(register))]
        self._computed = {label for field in register.computed for label in _written(field)}

    @staticmethod
    def _stages(register: Register) -> Iterator[Form]:
        for form in register.forms[1:]:
            stage = register.stage_of(form.code)
            if stage is not None and not stage.ad_hoc:
                yield form

    def __contains__(self, text: str) -> bool:
        return any(way in self._base or way in self._others for way in _ways(text)) or self._meant(text) is not None

    def find(self, text: str) -> Target | Refused:
        """Return what *text* names; the form that opens a record goes before the others."""
        for way in _ways(text):
            if way in self._base:
                return self._judged(text, Target(self._register.base, self._base[way]))
            if way in self._others:
                targets = self._others[way]
                if len({target.codes for target in targets}) > 1:
                    return Refused("change.ambiguous", {"candidates": _titled(targets)})
                return self._judged(text, min(targets, key=lambda target: target.form.code))
            if way in self._computed:
                return Refused("change.computed", {})
        meant = self._meant(text)
        if meant is not None:
            return self._judged(text, meant)
        return Refused("change.unknown", {"candidates": self._candidates(text)})

    def _meant(self, text: str) -> Target | None:
        """Return what *text* names in words of its own (手机号), the form that opens a record before the others."""
        for words, form in self._words:
            codes = words.meant(text)
            if codes:
                return Target(form, codes)
        return None

    def _judged(self, text: str, target: Target) -> Target | Refused:
        if any(target.form.field(code).key for code in target.codes):
            return Refused("change.key", {"form_title": self._register.base.title})
        stage = self._register.stage_of(target.form.code)
        if stage is not None and target.form is not self._register.base:
            steps = _decisive(stage)
            if any(code in steps or target.form.field(code).means in _OF_A_STEP for code in target.codes):
                return Refused("change.step", {"stage": stage.title})
        return target

    def _candidates(self, text: str) -> Localized:
        """The labels nearest to *text*, those of the form that opens a record when none is near."""
        fields = [field for field in self._changeable() if not field.key]
        near = difflib.get_close_matches(text, [field.label.zh for field in fields], _SUGGESTED, _ALIKE)
        shown = [field for field in fields if field.label.zh in near] or [
            field for field in self._register.base if not field.key
        ]
        return Localized("、".join(field.label.zh for field in shown), ", ".join(field.label.en for field in shown))

    def _changeable(self) -> Iterator[Field]:
        yield from self._register.base
        for targets in self._others.values():
            for target in targets:
                for code in target.codes:
                    if isinstance(self._judged("", target), Target):
                        yield target.form.field(code)


def _decisive(stage: Stage) -> set[str]:
    """The answers by which a stage leads on: they are its own."""
    return {code for transition in stage.transitions for code, _ in transition.when}


def _labels(form: Form) -> dict[str, tuple[str, ...]]:
    """Labels as they are compared → field codes; a main label goes before an alias, an alias before a range."""
    found: dict[str, tuple[str, ...]] = {}
    for field in form:
        for label in (field.label.zh, field.label.en):
            found[_plain(label)] = (field.code,)
    ranges: dict[str, list[tuple[int, str]]] = {}
    for field in form:
        for alias in field.aliases:
            for way in _ways(alias):
                found.setdefault(way, (field.code,))
        if field.span:
            for label in field.span.labels:
                ranges.setdefault(_plain(label), []).append((field.span.end, field.code))
    for label, ends in ranges.items():
        found.setdefault(label, tuple(code for _, code in sorted(ends)))
    return found


def _written(field: Field) -> Iterator[str]:
    return (_plain(label) for label in (field.label.zh, field.label.en, *field.aliases))


def _ways(text: str) -> tuple[str, ...]:
    whole = _plain(text)
    return tuple(dict.fromkeys((whole, _BRACKETED.sub("", whole).strip(_AROUND))))


def _plain(text: str) -> str:
    return "".join(half_width(text).casefold().split()).strip(_AROUND)


def _titled(targets: set[Target]) -> Localized:
    named = sorted(
        (target.form.field(code).label.zh, target.form.field(code).label.en)
        for target in targets
        for code in target.codes
    )
    return Localized("、".join(zh for zh, _ in named), ", ".join(en for _, en in named))

"""What of a declaration a workbook can draw, to be compared with what comes back from one."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from pipeline.definitions.write_fields import bounds_of
from schemas.language import Form, Register
from schemas.language.plain_model import plain_tests


def plain(form: Form) -> Form:
    """*form* without what is code: rules over whole rows, named rules of its own, a choice without an example."""
    known = plain_tests()
    own = tuple(
        replace(
            each,
            rules=tuple(rule for rule in each.rules if rule.code in known),
            example=each.example or (each.options[0].words.zh if each.options else ""),
        )
        for each in form
    )
    return replace(form, fields=own, model="", rules=(), about=())


def comparable(register: Register) -> Any:
    """What can be drawn of *register*, to be compared."""
    code = {"derived", "opens", "watches", "statistics", "outlooks", "sealed", "also_sealed", "draws", "led_anew", "handovers", "running", "renewal",
            "transfer", "duplicate_rule", "care", "pairs", "told_new", "called"}  # fmt: skip
    kept = {each.name: getattr(register, each.name) for each in fields(register) if each.init and each.name not in code}
    kept["stages"] = tuple(
        replace(
            each,
            expects_role=False,
            also_of=(),
            rather_not_by=(),
            routes=(),
            open_in=(),
            between=(),
            keeps_days="",
            transitions=tuple(replace(way, calls=False) for way in each.transitions),
        )
        for each in register.stages
    )
    kept["recurs"] = tuple(replace(each, early=0, weekday=0, days_off_count=False) for each in register.recurs)
    kept["forms"] = tuple(map(plain, register.forms))
    kept["bounds"] = [sorted(bounds_of(form), key=lambda each: (each.field, each.bound)) for form in register.forms]
    kept["computed"] = [
        (each.code, each.label, each.kind, [option.code for option in each.options]) for each in register.computed
    ]
    return kept

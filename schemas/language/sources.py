"""Where rules come from: beside its declaration a procedure keeps ``manual.toml``, which says what chapter of which manual
gives a rule, and what of a manual is not carried out, and why.

A table per manual, under the number of the page it stands on and its title; in it ``rules`` (chapter, rule, codes of what
carries it out) and ``left`` (chapter, what, why not).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class ManualRule:
    """A rule that *chapter* of *manual* gives. What no such rule names is the office's own, and the documentation says so."""

    manual: str
    chapter: str
    rule: str
    declared: tuple[str, ...]
    """Codes of what carries it out: stages, forms, fields, states, registers, parameters, rules, statistics."""


@dataclass(frozen=True, slots=True)
class NotCarriedOut:
    """What *chapter* of *manual* asks for and the procedure does not do, with the reason."""

    manual: str
    chapter: str
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sources:
    """What a procedure has of manuals."""

    rules: tuple[ManualRule, ...] = ()
    left: tuple[NotCarriedOut, ...] = ()


def sources_of(procedure: str) -> Sources:
    """Return what the package ``schemas.<procedure>`` says of its manuals; nothing where it has no ``manual.toml``.

    ValueError (``tomllib.TOMLDecodeError``) for a file that cannot be read.
    """
    file = files("schemas") / procedure / "manual.toml"
    if not file.is_file():
        return Sources()
    manuals = tomllib.loads(file.read_text("utf-8"))
    return Sources(
        tuple(
            ManualRule(manual, chapter, rule, tuple(declared))
            for manual, said in manuals.items()
            for chapter, rule, *declared in said.get("rules", ())
        ),
        tuple(
            NotCarriedOut(manual, chapter, what, reason)
            for manual, said in manuals.items()
            for chapter, what, reason in said.get("left", ())
        ),
    )

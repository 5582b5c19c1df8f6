"""Finds the procedures: every package of ``schemas/`` that has a ``PROCEDURE``, and of a folder that an office names."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

import schemas
from schemas.language.field import Field, FieldRole, Form, Option
from schemas.language.register import Catalogue, Procedure

_OWN = tuple(schemas.__path__)


@cache
def load_catalogue(folder: str = "") -> Catalogue:
    """Return the catalogue of all declared procedures; also those of *folder*."""
    return assemble(declared_procedures(folder))


@cache
def declared_procedures(folder: str = "") -> tuple[Procedure, ...]:
    """Return all declared procedures, by package name; also those of *folder*.

    A package of *folder* is imported as ``schemas.<package>``, like the others; one that bears the name of another is not
    found.
    """
    folders = [*_OWN, folder] if folder else _OWN
    schemas.__path__.extend(each for each in folders if each not in schemas.__path__)
    declared = [
        getattr(importlib.import_module(f"schemas.{found.name}"), "PROCEDURE", None)
        for found in pkgutil.iter_modules(folders)
        if found.ispkg
    ]
    return tuple(found for found in declared if isinstance(found, Procedure))


def assemble(every: Iterable[Procedure]) -> Catalogue:
    """Return the catalogue of *every* procedure in force: the roster offers the roles that they name, and what they let an office set."""
    kept = tuple(every)
    settable = [each for each in kept if each.parameters]
    offered = {
        FieldRole.PERSON_ROLE: {role.code: role for procedure in kept for role in procedure.roles},
        FieldRole.PARAMETER_OF: {each.code: Option(each.code, each.title) for each in settable},
        FieldRole.PARAMETER: {one.code: Option(one.code, one.words) for each in settable for one in each.parameters},
    }
    return Catalogue(tuple(_offering(each, offered) if each.roster else each for each in kept))


def _offering(roster: Procedure, offered: Mapping[FieldRole, Mapping[str, Option]]) -> Procedure:
    def field(each: Field) -> Field:
        known = {option.code for option in each.options}
        more = offered.get(each.means, {}) if each.means else {}
        options = (*each.options, *(one for one in more.values() if one.code not in known))
        return replace(each, options=options, example=each.example or (options[0].words.zh if more else ""))

    def form(each: Form) -> Form:
        return replace(each, fields=tuple(map(field, each.fields)))

    registers = tuple(replace(each, forms=tuple(map(form, each.forms))) for each in roster.registers)
    return replace(roster, registers=registers)

"""Finds the procedures: every package of ``schemas/`` that has a ``PROCEDURE``, and of a folder that an office names."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
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
    """Return the catalogue of *every* procedure in force: the roster offers the roles that they name."""
    kept = tuple(every)
    roles = tuple({role.code: role for procedure in kept for role in procedure.roles}.values())
    return Catalogue(tuple(_offering(each, roles) if each.roster else each for each in kept))


def _offering(roster: Procedure, roles: tuple[Option, ...]) -> Procedure:
    def field(each: Field) -> Field:
        known = {option.code for option in each.options}
        if each.means is not FieldRole.PERSON_ROLE:
            return each
        return replace(each, options=(*each.options, *(role for role in roles if role.code not in known)))

    def form(each: Form) -> Form:
        return replace(each, fields=tuple(map(field, each.fields)))

    registers = tuple(replace(each, forms=tuple(map(form, each.forms))) for each in roster.registers)
    return replace(roster, registers=registers)

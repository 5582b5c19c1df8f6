"""Finds the procedures: every package of ``schemas/`` that has a ``PROCEDURE``, and of a folder that an office names."""

from __future__ import annotations

import importlib
import pkgutil
import sys
import traceback
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import schemas
from schemas.language.field import Field, FieldRole, Form, Option
from schemas.language.guarding import guarded
from schemas.language.register import Catalogue, Procedure

_OWN = tuple(schemas.__path__)


class DeclarationError(Exception):
    """A package of an office's own procedures cannot be had: ``said`` by Python, at ``line`` (0: none) of ``path``."""

    def __init__(self, path: Path, line: int, said: str) -> None:
        self.path, self.line, self.said = path, line, said
        super().__init__(f"{path}:{line}: {said}")


class HiddenPackageError(DeclarationError):
    """A package of an office's own bears the name of one of ours, which the import system would give in its place."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, 0, f"{path.name} is a package of ours, too")


@cache
def load_catalogue(folder: str = "") -> Catalogue:
    """Return the catalogue of all declared procedures; also those of *folder*."""
    return assemble(declared_procedures(folder))


@cache
def declared_procedures(folder: str = "") -> tuple[Procedure, ...]:
    """Return all declared procedures, by package name; also those of *folder*.

    What is handed in for *folder* has a procedure of its own, which is there only with it. A package of *folder* is imported as ``schemas.<package>``, like the others. Raise DeclarationError for one that bears the
    name of another, or cannot be imported.
    """
    folders = [*_OWN, folder] if folder else _OWN
    schemas.__path__.extend(each for each in folders if each not in schemas.__path__)
    own = {found.name for found in pkgutil.iter_modules(_OWN)}
    for found in pkgutil.iter_modules([folder]) if folder else ():
        if found.name in own:
            raise HiddenPackageError(Path(folder) / found.name)
    declared = [_imported(found.name, folder) for found in pkgutil.iter_modules(folders) if found.ispkg]
    procedures = (found for found in declared if isinstance(found, Procedure))
    return tuple(guarded(found) for found in procedures if folder or not found.of_definitions)


def home_of(procedure: str, folder: str) -> Path | None:
    """Return the package of *folder* in which *procedure* is declared, None where it is one of ours."""
    for found in pkgutil.iter_modules([folder]) if folder else ():
        module = sys.modules.get(f"schemas.{found.name}")
        if module is not None and getattr(getattr(module, "PROCEDURE", None), "code", "") == procedure:
            return Path(folder) / found.name
    return None


def _imported(package: str, folder: str) -> object:
    try:
        return getattr(importlib.import_module(f"schemas.{package}"), "PROCEDURE", None)
    except Exception as error:  # whatever an office has written there: it is told where, not how Python came there
        frames = [
            each for each in traceback.extract_tb(error.__traceback__) if folder and each.filename.startswith(folder)
        ]
        at = (
            (error.filename, error.lineno)
            if isinstance(error, SyntaxError)
            else (frames[-1].filename, frames[-1].lineno)
            if frames
            else ("", 0)
        )
        if not at[0] or not folder:
            raise
        raise DeclarationError(Path(str(at[0])), at[1] or 0, f"{type(error).__name__}: {error}") from error


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

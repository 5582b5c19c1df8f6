"""Finds the procedures: every package of ``schemas/`` that has a ``PROCEDURE``."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

import schemas
from schemas.form import Catalogue, Procedure


@cache
def load() -> Catalogue:
    """Return the catalogue of all declared procedures, by package name."""
    procedures = [
        getattr(importlib.import_module(f"schemas.{found.name}"), "PROCEDURE", None)
        for found in pkgutil.iter_modules(schemas.__path__)
        if found.ispkg
    ]
    return Catalogue(tuple(found for found in procedures if isinstance(found, Procedure)))

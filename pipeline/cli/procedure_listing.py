"""Procedures as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.cli.tables import aligned
from pipeline.commands.describe_procedures import describe_procedures
from schemas.language import Catalogue, Language


def list_procedures(catalogue: Catalogue, language: Language, deadlines: Mapping[str, int]) -> Iterator[str]:
    """Yield lines that name every procedure, its registers, and each stage with its code, its role and the deadline that is in
    force where the office has set *deadlines*; and what may be set of it.
    """
    for number, procedure in enumerate(describe_procedures(catalogue, language, deadlines)):
        if number:
            yield ""
        yield f"{procedure['procedure']}  {procedure['title']}"
        yield from aligned(
            ("", register["title"], stage["title"], stage["stage"], stage["role"], stage["deadline"], stage["form"])
            for register in procedure["registers"]
            for stage in register["stages"]
        )
        yield from aligned(
            ("", f"parameters.{each['parameter']}", each["value"], each["title"]) for each in procedure["parameters"]
        )

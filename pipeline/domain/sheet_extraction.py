"""A sheet that staff added to the master, cut out of it: how its package is laid out."""

from __future__ import annotations

SHEET = "sheet"
"""The entry that names the part which is the sheet."""
TYPES = "[Content_Types].xml"
STYLES = "xl/styles.xml"


def relations_of(part: str) -> str:
    """Return the name of the part that lists what *part* refers to."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"

"""Sheets that staff added to the master, cut out of it: each becomes a package of its own."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.read.check_package import Package


def cut_sheets(package: Package, parts: Mapping[str, str]) -> tuple[dict[str, bytes], list[str]]:
    """Return by title a package for each of the sheets in *parts*, and the titles of those that kept only their values."""
    return {}, []

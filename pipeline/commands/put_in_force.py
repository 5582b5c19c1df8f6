"""Puts drawn procedures that were approved of into the office's folder: whole or not at all, what was there before kept aside.

It is done after the run's transaction; what cannot be done is told by the next run, which tries again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from pipeline.definitions.drawn_workbook import DrawnProcedures
from pipeline.errors import FolderError, RuwangError
from pipeline.intake.approved_definitions import FAILED, PLACED, PlacedDefinition, Placement, note_of, placed_definition
from pipeline.outside.files.outbox import has_content, publish_file, unchanged_content, withdraw
from pipeline.settings import Settings
from schemas.language import Localized

_GONE = Localized("存档里没有它的原件", "its original is not in the archive")


def keep_versions(drawn: DrawnProcedures, archive: Path) -> Mapping[str, str]:
    """Lay the versions in force into the *archive*; return which they are, by the workbook's name."""
    if not drawn.workbooks:
        return {}
    from pipeline.definitions.drawn_procedures import archive_versions, versions_of  # with all that compiles workbooks

    archive_versions(drawn, archive)
    return versions_of(drawn)


def put_in_force(settings: Settings, those: Iterable[Placement]) -> None:
    """Do to the folder what *those* say. Nothing is raised: the reason is kept for the next run."""
    for each in those:
        failed = settings.kept_definitions / f"{each.workbook}{FAILED}"
        try:
            why = _put_back(settings, each) if each.put_back else _place(settings, each)
            if why is None:
                withdraw(failed)
        except RuwangError as error:
            why = error.message
        if why is not None:
            with suppress(RuwangError):
                publish_file(failed, json.dumps(asdict(why), ensure_ascii=False).encode())


def _place(settings: Settings, each: Placement) -> Localized | None:
    target, note = _paths(settings, each)
    content = unchanged_content(settings.outbox / each.archived, each.digest) if each.archived else None
    if content is None:
        return _GONE
    placed = placed_definition(settings.kept_definitions, each.workbook)
    own = placed is not None and unchanged_content(target, placed.digest) is not None
    before, over = (placed.before if own else "", placed.digest) if placed is not None else ("", "")
    if not own and not has_content(target, content):
        before = over = _set_aside(settings, target)
    publish_file(target, content)
    publish_file(note, note_of(PlacedDefinition(each.digest, before, over)))
    return None


def _put_back(settings: Settings, each: Placement) -> Localized | None:
    target, note = _paths(settings, each)
    placed = placed_definition(settings.kept_definitions, each.workbook)
    if (
        placed is not None and unchanged_content(target, placed.digest) is not None
    ):  # else somebody has put another one there
        if each.digest:
            content = unchanged_content(_aside(settings, each.digest), each.digest)
            if content is None:
                return _GONE
            publish_file(target, content)
        else:
            withdraw(target)
            for kept in (each.workbook, f"{each.workbook}.codes.json"):
                withdraw(settings.kept_definitions / kept)
    if each.noted:
        publish_file(note, note_of(PlacedDefinition(each.noted, each.digest, each.digest)))
    else:
        withdraw(note)
    return None


def _set_aside(settings: Settings, target: Path) -> str:
    """Keep what *target* holds in the archive; return its hash, "" where there is no such file."""
    from pipeline.definitions.drawn_procedures import hash_of

    try:
        content = target.read_bytes()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise FolderError(
            Localized(f"不能读取 {target}（{error.strerror}）", f"cannot read {target} ({error.strerror})")
        ) from error
    digest = hash_of(content)
    publish_file(_aside(settings, digest), content)
    return digest


def _aside(settings: Settings, digest: str) -> Path:
    from pipeline.definitions.drawn_procedures import FOLDER

    return settings.archive / FOLDER / f"{digest}.xlsx"


def _paths(settings: Settings, each: Placement) -> tuple[Path, Path]:
    assert settings.procedures_folder is not None
    return settings.procedures_folder / each.workbook, settings.kept_definitions / f"{each.workbook}{PLACED}"

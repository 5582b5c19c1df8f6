"""Whose outbox it is: beside the originals lies a small file that names the office which writes there."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import FolderError
from pipeline.outside.files.outbox import publish_file
from schemas.language import Localized

_FILE = "office.json"


@dataclass(frozen=True, slots=True)
class OfficeMark:
    """``identity`` is the office's own, as its ledger holds it; ``name`` is for people to read."""

    identity: str
    name: str


def read_mark(archive: Path) -> OfficeMark | None:
    """Return whose *archive* it is, None where nobody's yet. Raise FolderError where that cannot be told."""
    path = archive / _FILE
    try:
        held = json.loads(path.read_bytes())
        return OfficeMark(str(held["identity"]), str(held["name"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise FolderError(
            Localized(
                f"读不出 {path} 写的是哪个单位：请从备份中找回这个文件；确是本单位发件夹的，可删去它",
                f"{path} does not tell whose outbox it is: restore it from a copy; where it surely is your own, delete it",
            )
        ) from error


def write_mark(archive: Path, mark: OfficeMark) -> None:
    """Say whose *archive* it is. Raise FolderError when it cannot be written."""
    held = {"identity": mark.identity, "name": mark.name}
    publish_file(archive / _FILE, (json.dumps(held, ensure_ascii=False) + "\n").encode())

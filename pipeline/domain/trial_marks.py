"""What tells a trial from what is handed in: the folder of the inbox that a sheet lies in, and the name its result bears."""

from __future__ import annotations

import re
import unicodedata

from schemas.language import Language, Localized

TRIAL_FOLDER = Localized("试读", "trial")
"""Below the inbox, or below a person's own folder there: what lies in it is judged and never entered."""
_ONLY_TRIED = Localized("（仅试读，未入台账）", " (trial only, nothing entered)")
_ORIGINAL = Localized("（仅试读，未入台账，原件）", " (trial only, nothing entered, original)")
_MARKS = re.compile(
    "|".join(rf"{re.escape(each)}(?:-\d+)?" for mark in (_ORIGINAL, _ONLY_TRIED) for each in (mark.zh, mark.en))
)
_FOLDERS = frozenset({TRIAL_FOLDER.zh, TRIAL_FOLDER.en})


def without_trial_folder(name: str) -> str | None:
    """Return the path *name* below the inbox as it would be had the sheet been handed in; None when it is no trial's.

    >>> without_trial_folder("李敏/试读/台账.xlsx")
    '李敏/台账.xlsx'
    """
    *folders, file = name.split("/")
    left = [folder for folder in folders if not _is_trial_folder(folder)]
    return None if len(left) == len(folders) else "/".join((*left, file))


def with_trial_mark(stem: str, language: Language, *, original: bool = False, number: int = 1) -> str:
    """Return the name (without suffix) of the result of a trial, of the untouched *original* beside it; the *number* tells
    it from others.
    """
    mark = (_ORIGINAL if original else _ONLY_TRIED).to(language)
    return f"{stem}{mark}" + (f"-{number}" if number > 1 else "")


def has_trial_mark(name: str) -> bool:
    """Tell whether a file of that *name* is the result of a trial, in whichever language it was made."""
    return _MARKS.search(name) is not None


def without_trial_marks(stem: str) -> str:
    """Return the name that its sender gave a sheet: its result may be dropped again, on trial or to be handed in."""
    return _MARKS.sub("", stem)


def _is_trial_folder(folder: str) -> bool:
    return unicodedata.normalize("NFKC", folder).strip().casefold() in _FOLDERS

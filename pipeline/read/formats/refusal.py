"""Why a file cannot be read."""

from __future__ import annotations

from schemas.language import Localized


class Refusal(Exception):  # noqa: N818 - nothing went wrong in the program
    """The file stays out. ``rule`` is the finding's code, ``why`` fills its sentence."""

    def __init__(self, rule: str, why: Localized | None = None) -> None:
        super().__init__(rule, why)
        self.rule = rule
        self.why = why or Localized("", "")


def unreadable(zh: str, en: str) -> Refusal:
    """Return the refusal of a file that is no workbook, or a damaged one."""
    return Refusal("file.unreadable", Localized(zh, en))


def bomb(zh: str, en: str) -> Refusal:
    """Return the refusal of a file that is larger than any sheet an office fills."""
    return Refusal("file.bomb", Localized(zh, en))

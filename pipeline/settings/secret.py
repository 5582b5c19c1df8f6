"""A password that no log, page or traceback shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A text that is shown as ``***``; ``clear`` is the text itself."""

    clear: str = ""

    def __str__(self) -> str:
        """Return what may be shown."""
        return "***" if self.clear else ""

    __repr__ = __str__

    def __bool__(self) -> bool:
        """Whether there is one."""
        return bool(self.clear)

"""What stops a run: only things that the operator must put right. What staff must put right is a finding."""

from __future__ import annotations

from schemas.language import Language, Localized


class RuwangError(Exception):
    """The run cannot go on. ``exit_code`` is what the command line ends with: 1 is left for faults of the program itself.

    A message is given in both languages where a person of the office may read it; ``str()`` gives the English one.
    """

    exit_code = 2

    def __init__(self, message: str | Localized, language: Language | None = None) -> None:
        self.message = Localized(message, message) if isinstance(message, str) else message
        self.language = language
        """The language asked for, where it was known when the error arose."""
        super().__init__(self.message.en)

    def to(self, language: Language) -> str:
        """Return the message in *language*."""
        return self.message.to(language)


class SettingsError(RuwangError):
    """A setting is misspelt, has an impossible value, or stands where it must not."""


class DayError(RuwangError):
    """The day of a run cannot be right: before the last run's, or long after it."""


class FolderError(RuwangError):
    """A folder is missing, full or may not be written."""


class NoInboxError(FolderError):
    """There is no inbox where the settings say."""


class InUseError(RuwangError):
    """A file cannot be replaced because another program (Excel) holds it open. The run may write beside it."""


class LedgerError(RuwangError):
    """The ledger cannot be reached or read."""


class NoLedgerError(LedgerError):
    """There is no ledger yet."""


class ClusterError(RuwangError):
    """The machines that are to read the sheets cannot be reached, or run something else than this one."""


class BusyError(RuwangError):
    """Another run holds the lock."""

    exit_code = 75  # EX_TEMPFAIL: try again later


class LeaseLostError(BusyError):
    """The run stood still for so long that another may have taken its place. What it had not committed is void."""

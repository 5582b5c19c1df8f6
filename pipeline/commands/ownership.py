"""An office writes into its own outbox alone: the ledger and the archive bear one identity.

By a wrong setting the books of two offices would else be merged for good: what one has published the other would take
back, and a ledger that is built anew would hold both.
"""

from __future__ import annotations

import uuid

from pipeline.errors import SettingsError
from pipeline.intake.journal import has_pages
from pipeline.outside.files.office_mark import OfficeMark, read_mark, write_mark
from pipeline.outside.ledger import Ledger, UnitOfWork
from pipeline.settings import Settings
from schemas.language import Localized


def must_be_own(settings: Settings, uow: UnitOfWork) -> None:
    """Raise SettingsError where the outbox is another office's than the ledger; nothing is written."""
    _identity(settings, uow, read_mark(settings.archive))


def mark_as_own(settings: Settings, ledger: Ledger) -> None:
    """Raise as ``must_be_own``; an outbox that is nobody's, and a ledger without an identity, become this office's.

    The ledger is marked first: an archive that bears a mark is that of a ledger which bears it, too.
    """
    mark = read_mark(settings.archive)
    with ledger.transaction() as uow:
        identity = _identity(settings, uow, mark)
        if identity is None:
            return
        identity = identity or uuid.uuid4().hex
        if uow.about.office() != identity:
            uow.about.set_office(identity)
    if mark is None:
        write_mark(settings.archive, OfficeMark(identity, settings.office_name))


def _identity(settings: Settings, uow: UnitOfWork, mark: OfficeMark | None) -> str | None:
    """Return whose ledger it is, "" where that is open; None where it seems to be gone, which is told in other words."""
    identity = uow.about.office()
    if not identity and mark is not None and uow.runs.last() is None:
        return None if has_pages(settings.archive) else mark.identity
    if mark is not None and mark.identity != identity:
        raise _stranger(settings, mark)
    return identity


def _stranger(settings: Settings, mark: OfficeMark) -> SettingsError:
    return SettingsError(
        Localized(
            f"发件夹 {settings.outbox} 是另一个账本的（“{mark.name}”），账本 {settings.ledger_shown} 不能写在那里，什么也没有做："
            "请改正设置 outbox 或 ledger",
            f"the outbox {settings.outbox} is another ledger's (“{mark.name}”); {settings.ledger_shown} must not write there, nothing "
            "was done: mend the setting outbox or ledger",
        )
    )

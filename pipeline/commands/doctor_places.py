"""The places of a run, as the doctor looks at them: folders, lock, ledger. Where a run would write it is tried; nothing is left."""

from __future__ import annotations

import os
from pathlib import Path

from pipeline.commands.doctor_check import Check
from pipeline.commands.ownership import must_be_own
from pipeline.commands.reading import open_existing
from pipeline.errors import NoLedgerError
from pipeline.intake.journal import must_know_every_run
from pipeline.outside.files.inbox import must_be_there
from pipeline.outside.files.trial_write import unwritable
from pipeline.outside.ledger_url import ledger_file
from pipeline.outside.locking.exclusive_ledger import is_under_way
from pipeline.settings import Settings
from schemas.language import Localized

_SHARES = ("cifs", "smb", "nfs", "fuse.sshfs", "9p", "afs")
_MOUNTS = Path("/proc/mounts")


def inbox(what: Localized, place: Path) -> Check:
    """Look at the inbox, which people make: a run does not. Raise NoInboxError as a run would."""
    must_be_there(place)
    return folder(what, place)


def folder(what: Localized, place: Path, *deeper: Path) -> Check:
    """Look at a folder that a run writes in, and makes where it is missing; also at some that lie *deeper*."""
    found = (each for folder in (place, *(each for each in deeper if each.is_dir())) for each in unwritable(folder))
    for each, error in found:
        return Check(
            what, Localized(f"不能写入 {each}（{error.strerror}）", f"cannot write in {each} ({error.strerror})")
        )
    if not place.exists():
        return Check(what, note=Localized(f"{place}，第一次运行时建立", f"{place}: made by the first run"))
    return Check(what, note=Localized(f"{place} 可以写入", f"{place} can be written"))


def lock(what: Localized, settings: Settings) -> Check:
    """Tell whether a run is under way."""
    if is_under_way(settings.ledger, settings.lock_folder):
        return Check(what, note=Localized("有一批次正在运行", "a run is under way"))
    return Check(what, note=Localized("空闲", "free"))


def ledger(what: Localized, settings: Settings) -> Check:
    """Look at the ledger: is it where it may be, can it be written, is it the office's own and up to the archive."""
    shown, path = settings.ledger_shown, ledger_file(settings.ledger)
    if path is not None and _on_share(path):
        return Check(
            what,
            Localized(
                f"{path} 在网络盘上，SQLite 账本会损坏：请放在本机磁盘，或改用 PostgreSQL",
                f"{path} is on a network share, where SQLite breaks: keep it on a local disk or use PostgreSQL",
            ),
        )
    if path is not None and (written := folder(what, path.absolute().parent)).problem:
        return written
    try:
        held = open_existing(settings)
    except NoLedgerError:
        return Check(what, note=Localized(f"{shown}，第一次运行时建立", f"{shown}: made by the first run"))
    with held, held.transaction() as uow:
        must_be_own(settings, uow)
        last = uow.runs.last()
        uow.about.set_office(uow.about.office())  # a trial: it is taken back
        uow.forget()
    must_know_every_run(last, settings.archive, shown)
    zh, en = (f"最近一批：第 {last[0]} 批，{last[1]}", f"last run: {last[0]} on {last[1]}") if last else ("空", "empty")
    return Check(what, note=Localized(f"{shown}，{zh}", f"{shown}, {en}"))


def _on_share(path: Path) -> bool:
    """Tell whether *path* lies on a network file system, where this system can say so."""
    real = os.path.realpath(path)
    if real.startswith(("\\\\", "//")):
        return True
    try:
        mounts = [line.split()[1:3] for line in _MOUNTS.read_text("utf-8").splitlines()]
    except OSError:
        return False
    above = [(len(folder), kind) for folder, kind in mounts if Path(real).is_relative_to(folder.replace("\\040", " "))]
    return max(above, default=(0, ""))[1].startswith(_SHARES)

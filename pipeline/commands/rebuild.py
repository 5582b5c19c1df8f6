"""Builds the ledger anew from the archive: the originals in the order and on the days of their runs, through the same door. From a
copy of the ledger on, only the runs that came after it are played again.

Nothing else is touched: no report is written, nothing is mailed, and mails that the runs had queued count as sent.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import make_url

from pipeline.commands.ownership import must_be_own
from pipeline.commands.run import alone, replay
from pipeline.commands.undo import undo_again
from pipeline.domain.json_values import JsonObject
from pipeline.domain.record_fold import differences
from pipeline.errors import LedgerError, RuwangError
from pipeline.intake.journal import JournalFile, JournalPage, read_pages
from pipeline.outside.files.inbox import Dropped
from pipeline.outside.files.office_mark import OfficeMark, read_mark
from pipeline.outside.ledger import Ledger, open_ledger
from pipeline.outside.ledger.backups import backups, bring_back, put_in_place
from pipeline.outside.ledger_url import ledger_file, on_server
from pipeline.outside.locking.lock import hold
from pipeline.outside.stage_log import logged
from pipeline.settings import Settings
from pipeline.settings.catalogue import in_force
from pipeline.settings.clock import in_office_zone
from pipeline.settings.ledger_address import address_of_another
from schemas.language import Catalogue, Localized

_log = logging.getLogger(__name__)
_SHOWN = 5


class CannotRebuildError(RuwangError):
    """The archive lacks what is needed, or there is no room for the new ledger where it shall be."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What was built: from how many runs and files, how many records; and how the ledger before it differs."""

    url: str
    """Of the new ledger, without a password."""
    runs: int = 0
    files: int = 0
    records: int = 0
    kept: Path | None = None
    """Where the ledger before it lies now."""
    differing: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By title of the register: keys that the ledger before it held otherwise."""
    compared: bool = False
    """Whether there was a ledger before it that could be read, and knew of every run."""
    copy: Path | None = None
    """The copy that was led on, where it was not built from the archive alone."""
    damaged: Sequence[Path] = ()
    """Newer copies that could not be used."""

    def to_json(self) -> JsonObject:
        """Return the plain object for ``--json``."""
        shown = {name: str(path or "") for name, path in (("kept", self.kept), ("copy", self.copy))}
        return {**asdict(self), **shown, "damaged": [str(each) for each in self.damaged]}


def rebuild(settings: Settings, to: str = "") -> Rebuilt:
    """Build the ledger anew from the archive, into the database *to*, or in place of the ledger, which is kept beside it.

    Raise CannotRebuildError when the archive lacks an original or has no journal, when *to* holds a ledger already, or
    when a ledger on a server is to be replaced; SettingsError when *to* is no address; BusyError when a run is under way.
    """
    to = address_of_another(settings, to) if to else ""
    with _no_run(settings):
        _must_be_own(settings)
        mark = read_mark(settings.archive)
        pages = list(read_pages(settings.archive))
        _must_be_of(mark, pages, settings)
        held = _originals(settings.archive, pages)
        if to:
            return _build(settings, to, pages, held)
        file, part, beside = _beside(settings)
        rebuilt = _build(settings, beside, pages, held)
        return replace(rebuilt, url=_shown(settings.ledger), kept=put_in_place(part, file))


def bring_forward(settings: Settings, copy: Path | None = None) -> Rebuilt:
    """Put a *copy* of the ledger (default: the newest that is whole) in its place, led on by the runs that the archive knows of
    since. The ledger before it is kept beside it.

    Raise CannotRebuildError when there is no such copy, when the archive lacks an original of those runs, or the ledger is on a
    server; SettingsError when the copy is another office's; BusyError when a run is under way.
    """
    with _no_run(settings):
        file, part, beside = _beside(settings)
        used, damaged = _whole_copy(settings, copy, part)
        with open_ledger(beside) as ledger:
            with ledger.transaction() as uow:
                must_be_own(settings, uow)
                last = uow.runs.last()
            pages = [page for page in read_pages(settings.archive) if last is None or page.run > last[0]]
            _must_be_of(read_mark(settings.archive), pages, settings)
            rebuilt = Rebuilt(_shown(settings.ledger), copy=used, damaged=damaged)
            rebuilt = _replay(settings, ledger, pages, _originals(settings.archive, pages) if pages else {}, rebuilt)
        return replace(rebuilt, kept=put_in_place(part, file))


def _beside(settings: Settings) -> tuple[Path, Path, str]:
    """Return the ledger's file, the one in which another is built that takes its place, and the URL of that."""
    file = ledger_file(settings.ledger)
    if file is None:
        raise CannotRebuildError(
            Localized(
                "账本在数据库服务器上，不能就地重建：请用 --to 指定一个空的数据库",
                "the ledger is on a server and is not replaced: name an empty database with --to",
            )
        )
    part = file.with_name(f"{file.stem}.rebuilding{file.suffix}")
    part.unlink(missing_ok=True)
    return file, part, make_url(settings.ledger).set(database=str(part)).render_as_string(hide_password=False)


def _whole_copy(settings: Settings, asked: Path | None, target: Path) -> tuple[Path, list[Path]]:
    """Bring the copy that was *asked* for, else the newest that is whole, to *target*; return it, and those that were damaged."""
    damaged: list[Path] = []
    for each in [asked] if asked else backups(settings.backups, settings.ledger):
        try:
            bring_back(each, target)
        except LedgerError:
            if asked:
                raise
            damaged.append(each)
        else:
            return each, damaged
    raise CannotRebuildError(
        Localized(
            f"{settings.backups} 中没有可用的账本备份：运行 pipeline rebuild，由存档从头重建",
            f"there is no copy of the ledger in {settings.backups} that can be used: pipeline rebuild builds it anew from the archive",
        )
    )


@contextmanager
def _no_run(settings: Settings) -> Iterator[None]:
    """Keep runs away, as they keep each other away; raise BusyError when one is under way."""
    if not on_server(settings.ledger):
        with hold(settings.lock_folder):
            yield
        return
    with ExitStack() as held:
        with suppress(LedgerError):  # that ledger is gone, or its server: no run can be under way on it
            held.enter_context(alone(settings, create=False))
        yield


def _must_be_own(settings: Settings) -> None:
    """Refuse an archive that is another office's than the ledger which is to be replaced, as far as that can be read."""
    try:
        ledger = open_ledger(settings.ledger, create=False)
    except LedgerError:
        return  # lost or damaged: that is why it is built anew
    with ledger, ledger.transaction() as uow:
        must_be_own(settings, uow)


def _must_be_of(mark: OfficeMark | None, pages: Iterable[JournalPage], settings: Settings) -> None:
    strange = [page for page in pages if page.office and mark is not None and page.office != mark.identity]
    if strange:
        shown = "、".join(f"{page.run} ({page.day})" for page in strange[:_SHOWN])
        raise CannotRebuildError(
            Localized(
                f"{settings.archive} 中有 {len(strange)} 批是别的单位的（第 {shown} 批），不能一起重建，账本未动：把它们的批次记录移走再试",
                f"{len(strange)} runs in {settings.archive} are another office's ({shown}): the ledger is as it was; move their pages away first",
            )
        )


def _build(settings: Settings, url: str, pages: Sequence[JournalPage], held: Mapping[str, Path]) -> Rebuilt:
    with open_ledger(url) as ledger:
        _must_be_empty(ledger, _shown(url))
        if mark := read_mark(settings.archive):
            with ledger.transaction() as uow:
                uow.about.set_office(mark.identity)
        return _replay(settings, ledger, pages, held, Rebuilt(_shown(url)))


def _replay(
    settings: Settings, ledger: Ledger, pages: Sequence[JournalPage], held: Mapping[str, Path], rebuilt: Rebuilt
) -> Rebuilt:
    """Enter into *ledger* what the runs of *pages* entered; return *rebuilt* with what came of it."""
    for page in pages:
        with logged(_log, f"replay run {page.run}") as counts:
            _enter(settings, ledger, page, [_dropped(settings, each, page, held) for each in page.files])
            counts["files"] = len(page.files)
    with logged(_log, "compare"):
        files = sum(len(page.files) for page in pages)
        return _compare(settings, ledger, replace(rebuilt, runs=len(pages), files=files))


def _shown(url: str) -> str:
    return make_url(url).render_as_string(hide_password=True)


def _must_be_empty(ledger: Ledger, url: str) -> None:
    with ledger.transaction() as uow:
        if uow.runs.last() is not None:
            raise CannotRebuildError(
                Localized(
                    f"{url} 里已有账本：请另指定一个空的数据库", f"{url} holds a ledger already: name an empty database"
                )
            )


def _originals(archive: Path, pages: Sequence[JournalPage]) -> Mapping[str, Path]:
    """Return by hash where the originals lie, under whatever name: all must be there, with their bytes."""
    if not pages:
        raise CannotRebuildError(
            Localized(f"{archive} 中没有批次记录（runs），不能重建账本", f"there is no journal (runs) in {archive}")
        )
    wanted = {each.sha256: (each, page) for page in pages for each in page.files}
    held: dict[str, Path] = {}
    of_their_months = [archive / month for month in sorted({f"{page.day:%Y-%m}" for page in pages})]
    for place in (
        *of_their_months,
        archive,
    ):  # the whole of a large archive only where something is not where it was put
        if wanted.keys() - held.keys():
            held |= _by_hash(place)
    lacking = {sha256: wanted[sha256] for sha256 in wanted if sha256 not in held}
    if lacking:
        named = [f"{each.name} ({page.day}, {each.sha256[:12]})" for each, page in lacking.values()]
        shown = "、".join(named[:_SHOWN])
        raise CannotRebuildError(
            Localized(
                f"存档缺 {len(named)} 个原件，或被改动过，账本未动：{shown}。请从备份中找回，放进 {archive} 后再试",
                f"the archive lacks {len(named)} originals, or they were altered; the ledger is as it was: {shown}. "
                f"Bring them back from a copy, put them into {archive}, and try again",
            )
        )
    return held


def _by_hash(place: Path) -> Iterator[tuple[str, Path]]:
    for folder, _, names in os.walk(place):
        for path in (Path(folder, name) for name in sorted(names)):
            if path.is_file() and not path.is_symlink():
                with path.open("rb") as file:
                    yield hashlib.file_digest(file, "sha256").hexdigest(), path


def _dropped(settings: Settings, file: JournalFile, page: JournalPage, held: Mapping[str, Path]) -> Dropped:
    folder = settings.outbox if file.edited else settings.inbox
    content = held[file.sha256].read_bytes()
    modified = datetime.fromisoformat(file.modified) if file.modified else page.started
    return Dropped(folder / file.name, file.name, file.sender, content, file.sha256, modified)


def _enter(settings: Settings, ledger: Ledger, page: JournalPage, dropped: Sequence[Dropped]) -> None:
    then = Settings.model_validate({**settings.model_dump(), **(page.settings or {})})
    if page.undo:
        started = in_office_zone(settings, page.started)
        with ledger.transaction() as uow:
            undo_again(uow, then, page.undo, page.day, started, page.run)
    else:
        replay(then, ledger, page, dropped)


def _compare(settings: Settings, ledger: Ledger, rebuilt: Rebuilt) -> Rebuilt:
    """Return *rebuilt* with the records of *ledger* counted, and compared with those of the ledger before it."""
    catalogue: Catalogue = in_force(settings)
    with ledger.transaction() as uow:
        known = uow.runs.last()
        built = {register.code: uow.records.get(register.code) for register in catalogue.registers}
    rebuilt = replace(rebuilt, records=sum(map(len, built.values())))
    try:
        with open_ledger(settings.ledger, create=False) as before, before.transaction() as uow:
            last = uow.runs.last()
            if known and (last is None or last[0] < known[0]):
                return rebuilt  # an older one in its place: it cannot hold what came later
            held = {register.code: uow.records.get(register.code) for register in catalogue.registers}
    except LedgerError:
        return rebuilt  # lost or damaged: that is why it is built anew
    differing = {}
    for register in catalogue.registers:
        if differs := differences(built[register.code], held[register.code]):
            differing[register.title.to(settings.language)] = list(differs)
    return replace(rebuilt, differing=differing, compared=True)

"""Writes the master as it stood at the end of a day, as the last run of that day wrote it. The live one is not touched.

What was taken back later counted then, and counts here. What the ledger keeps no history of is as it stands now: what
staff added to the master (columns, sheets, widths), settings, declarations.
"""

from __future__ import annotations

import logging
from datetime import date, time
from pathlib import Path

from pipeline.commands.reading import reading
from pipeline.domain.balance import Flow
from pipeline.domain.office import Office
from pipeline.errors import RuwangError
from pipeline.intake.balance_check import check_balance
from pipeline.intake.roster import read_roster
from pipeline.outside.files.outbox import publish_file
from pipeline.outside.ledger import UnitOfWork
from pipeline.outside.ledger.point_in_time import PointInTime
from pipeline.outside.stage_log import logged
from pipeline.publish.master_partitions import divide
from pipeline.publish.snapshot import snapshot
from pipeline.render.reports.master import master, part_of_master
from pipeline.settings import Settings
from pipeline.settings.catalogue import in_force
from pipeline.settings.clock import in_office_zone, judged_at, now_in_office
from schemas.language import Localized
from schemas.language.guarding import watching

_log = logging.getLogger(__name__)

FOLDER = "restored"


class NothingThenError(RuwangError):
    """There was no run up to the day asked for, or that day has not come."""

    exit_code = 2


def restore(settings: Settings, day: date, to: Path | None = None) -> Path:
    """Write the master as of the end of *day* to the file *to* (default: ``outbox/restored/``) and return its path.

    Raise NothingThenError when no run had been made by then, or the day has not come.
    """
    with reading(settings) as uow, watching():  # what fails in a declaration says so on its page
        office = _office(uow, settings, day)
    path = to or settings.outbox / FOLDER / f"master-{day.isoformat()}.xlsx"
    parts = divide(office, settings.master_rows, path.stem)
    with logged(_log, "publish"):
        for part in parts:
            publish_file(path.parent / part.path, part_of_master(office, part))
        publish_file(path, master(office, parts=parts))
    return path


def _office(uow: UnitOfWork, settings: Settings, day: date) -> Office:
    latest = uow.runs.last()
    if latest and day > max(latest[1], now_in_office(settings).date()):
        raise NothingThenError(
            Localized(
                f"{day.isoformat()} 还没有到，那一天的总表还没有：最近一批是 {latest[1].isoformat()}",
                f"{day.isoformat()} has not come, there is no master of it yet: the last run was on {latest[1].isoformat()}",
            )
        )
    last = uow.runs.last_until(day)
    if last is None:
        raise NothingThenError(
            Localized(f"{day.isoformat()} 及以前没有运行过", f"there was no run up to {day.isoformat()}")
        )
    catalogue = in_force(settings)
    run, ran_on, started = last
    then = PointInTime(uow, run)
    # a day without a run is judged as of its end, one with a run as its last one did
    clock = judged_at(in_office_zone(settings, started), day).time() if ran_on == day else time.max
    return snapshot(
        then,
        catalogue,
        read_roster(catalogue, then, day),
        settings.office_name,
        settings.language,
        day,
        run,
        clock=clock,
        parameters=settings.parameters,
        balance=check_balance(then, catalogue, Flow()),
    )

"""Where a run is killed: names of functions of the product, before or after a passing. The product knows nothing of it."""

from __future__ import annotations

import os
import signal
import smtplib
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from sqlalchemy.engine.default import DefaultDialect

import pipeline.commands.run as run_module
from pipeline.intake import collect, journal
from pipeline.outside.files import inbox, outbox, published
from pipeline.outside.ledger.blocking_keys import BlockingKeys
from pipeline.outside.ledger.events import Events
from pipeline.outside.ledger.findings import Findings
from pipeline.outside.ledger.mails import Mails
from pipeline.outside.ledger.pending_changes import PendingChanges
from pipeline.outside.ledger.records import Records
from pipeline.outside.ledger.reports import ReportFiles
from pipeline.outside.ledger.runs import Runs
from pipeline.outside.ledger.submissions import Submissions
from pipeline.outside.locking import lock
from pipeline.outside.mail import SmtpPostman
from pipeline.publish import outgoing


@dataclass(frozen=True)
class Point:
    """A place in the code. ``twice``: the server has the mail and the ledger does not know yet, the one such window."""

    name: str
    owner: Any
    function: str
    after: bool = False
    scene: str = "day"
    half: bool = False
    twice: bool = False


def _both(name: str, owner: Any, function: str, **more: Any) -> list[Point]:
    return [
        Point(f"before {name}", owner, function, **more),
        Point(f"after {name}", owner, function, after=True, **more),
    ]


_WRITTEN = [
    (Runs, "start"),
    (Events, "add"),
    (Records, "put"),
    (Records, "put_serials"),
    (BlockingKeys, "put"),
    (Submissions, "add"),
    (Findings, "add"),
    (Findings, "close"),
    (Findings, "renew"),
    (Mails, "put_notified"),
    (Mails, "queue"),
    (ReportFiles, "add_published"),
    (Runs, "finish"),
]
_TAKEN_BACK = [
    (Events, "take_back"),
    (Records, "put"),
    (Records, "remove"),
    (BlockingKeys, "look_again"),
    (PendingChanges, "take_back"),
    (Findings, "take_back"),
    (Submissions, "forget"),
]

POINTS: tuple[Point, ...] = (
    *_both("the lock's folder is made", lock, "make"),
    *_both("the inbox is read", inbox, "scan"),
    *_both("the master is looked at", published, "watch"),
    *_both("the sheets are read", collect, "read_all"),
    *_both("an edited master is set aside", published, "keep_copy"),
    *(Point(f"in the transaction, after {owner.__name__}.{each}", owner, each, after=True) for owner, each in _WRITTEN),
    *_both("reports are drawn up", outgoing, "build_reports"),
    Point("before a commit", DefaultDialect, "do_commit", twice=True),  # some record a mail
    Point("after a commit", DefaultDialect, "do_commit", after=True),
    Point("after half-written files are swept", outbox, "sweep", after=True),
    *_both("a file is published", outbox, "publish_file"),
    Point("in the middle of a file's bytes", outbox, "_write", half=True),
    Point("after a file's bytes, before its name", outbox, "_write", after=True),
    *_both("an fsync", os, "fsync"),
    *_both("a file gets its name", outbox, "_replace"),
    *_both("a folder is synced", outbox, "sync_folder"),
    *_both("a report is withdrawn", outbox, "withdraw"),
    *_both("mails are delivered", outgoing, "deliver"),
    Point("before a mail is sent", SmtpPostman, "send"),
    Point("before a message's bytes", smtplib.SMTP, "data"),
    Point("before the server's 250 is read", smtplib.SMTP, "getreply", twice=True),
    Point("after the server's 250", SmtpPostman, "send", after=True, twice=True),
    Point("before a mail is recorded", Mails, "record", twice=True),
    Point("after a mail is recorded, before the commit", Mails, "record", after=True, twice=True),
    *_both("an original is archived", inbox, "archive"),
    *_both("an original is renamed", inbox, "_rename"),
    Point("an archive elsewhere: after the copy, before the original goes", inbox, "_remove", scene="copied"),
    Point("an archive elsewhere: after the original went", inbox, "_remove", after=True, scene="copied"),
    *_both("the run's page is written", journal, "write_lacking"),
    *_both("the backup", run_module, "back_up"),
    *(
        Point(f"in undo, after {owner.__name__}.{each}", owner, each, after=True, scene="undo")
        for owner, each in _TAKEN_BACK
    ),
    Point("in undo, before a commit", DefaultDialect, "do_commit", scene="undo", twice=True),  # it mails, too
    Point("in undo, after a commit", DefaultDialect, "do_commit", after=True, scene="undo"),
    Point("in undo, before a file is published", outbox, "publish_file", scene="undo"),
)


def die() -> None:
    """End this process as the power switch would end it: no handler, no finally."""
    os.kill(os.getpid(), signal.SIGKILL)


def armed(point: Point, passing: int) -> ExitStack:
    """Die at the *passing*-th passing of *point*, counted from one."""
    counted: Counter[str] = Counter()
    stack = ExitStack()

    def wrap(real: Callable[..., Any]) -> Callable[..., Any]:
        def passed(*args: Any, **named: Any) -> Any:
            counted["passed"] += 1
            here = counted["passed"] == passing
            if here and point.half:
                descriptor, content, *_ = args
                os.write(descriptor, content[: len(content) // 2])
            if here and not point.after:
                die()
            result = real(*args, **named)
            if here:
                die()
            return result

        return passed

    _everywhere(stack, point, wrap)
    return stack


def counting(points: tuple[Point, ...], counted: Counter[str]) -> ExitStack:
    """Count the passings of *points* and let them pass."""
    stack = ExitStack()
    for point in points:

        def wrap(real: Callable[..., Any], name: str = point.name) -> Callable[..., Any]:
            def passed(*args: Any, **named: Any) -> Any:
                counted[name] += 1
                return real(*args, **named)

            return passed

        _everywhere(stack, point, wrap)
    return stack


def _everywhere(stack: ExitStack, point: Point, wrap: Callable[[Any], Any]) -> None:
    """Wrap the function in its module, and where another module has it under its own name."""
    stack.enter_context(patch.object(point.owner, point.function, wrap(getattr(point.owner, point.function))))
    if point.owner is outbox and point.function == "publish_file":
        for module in (inbox, published):
            stack.enter_context(patch.object(module, "publish_file", outbox.publish_file))

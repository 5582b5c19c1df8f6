"""How far a run has come, on one line of a terminal that is gone when it ends. Nothing where nobody looks."""

from __future__ import annotations

import logging
import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import click

from pipeline.domain.redaction import mask_numbers, one_line
from pipeline.outside.stage_log import STAGE, STEP, TOTAL
from pipeline.render.text_width import text_width
from schemas.language import Language, Localized

_LOG = logging.getLogger("pipeline")
_TICK = 0.5
_STAGES: Mapping[str, Localized] = {
    "scan": Localized("查看收件夹", "looking into the inbox"),
    "collect": Localized("读取来件", "reading"),
    "settle": Localized("登记", "entering"),
    "draw up": Localized("制表", "drawing up"),
    "publish": Localized("写入发件夹", "writing"),
    "deliver": Localized("发邮件", "sending mails"),
    "archive": Localized("归档", "archiving"),
    "back up": Localized("备份账本", "backing up"),
}


@contextmanager
def progress(language: Language) -> Iterator[None]:
    """Show what is under way while the block lasts, where stderr is a terminal and ``--verbose`` tells no more than that."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb" or _LOG.isEnabledFor(logging.INFO):
        yield
        return
    line = ProgressLine(language)
    level = _LOG.level
    _LOG.addHandler(line)
    _LOG.setLevel(logging.DEBUG)
    line.begin()
    try:
        yield
    finally:
        _LOG.removeHandler(line)
        _LOG.setLevel(level)
        line.end()


class ProgressLine(logging.Handler):
    """Draws what records of progress say: ``读取来件 812/2000  登记0812.xlsx  7 秒``. No colour, whatever the terminal can."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language: Language = language
        self._words = self._what = ""
        self._done = self._total = 0
        self._since = time.monotonic()
        self._width = 0
        self._over = threading.Event()
        self._drawing = threading.Lock()
        self._clock = threading.Thread(target=self._tick, daemon=True)

    def begin(self) -> None:
        """Draw from now on, twice a second: a stage without steps shows that time goes on."""
        self._clock.start()

    def end(self) -> None:
        """Draw no more, and leave the line empty."""
        self._over.set()
        self._clock.join()
        with self._drawing:
            self._put("")
            click.echo("\r", err=True, nl=False)

    def emit(self, record: logging.LogRecord) -> None:
        """Take in what a record says of progress."""
        if stage := getattr(record, STAGE, ""):
            self._words = _STAGES[stage].to(self._language) if stage in _STAGES else stage
            self._done, self._total, self._what, self._since = 0, 0, "", time.monotonic()
        elif total := getattr(record, TOTAL, 0):
            self._total += total
        elif what := getattr(record, STEP, ""):
            self._done, self._what = self._done + 1, mask_numbers(one_line(what))
        else:
            return
        if stage:
            self.draw()

    def draw(self) -> None:
        """Draw the line as it stands."""
        seconds = int(time.monotonic() - self._since)
        count = f"{self._done}/{self._total}" if self._total else ""
        spent = Localized(f"{seconds} 秒", f"{seconds} s").to(self._language) if seconds else ""
        with self._drawing:
            if not self._over.is_set():
                self._put(
                    "  ".join(
                        part for part in (" ".join(filter(None, (self._words, count))), self._what, spent) if part
                    )
                )

    def _tick(self) -> None:
        while not self._over.wait(_TICK):
            self.draw()

    def _put(self, text: str) -> None:
        columns = shutil.get_terminal_size().columns - 1
        while text_width(text) > columns:
            text = text[:-1]
        width = int(text_width(text))
        click.echo("\r" + text + " " * max(0, self._width - width), err=True, nl=False)
        self._width = width

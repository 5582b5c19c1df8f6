"""What an office may set, with a default for everything that works."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Self, TypeVar, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipeline.domain.mail import parse_address
from pipeline.domain.passwords import Passwords
from pipeline.outside.ledger_url import CODE, NotALedgerUrlError, in_sqlite, ledger_file, on_server, without_password
from pipeline.outside.workers.config import LOCAL, Readers, scheduler_of
from pipeline.settings.secret import Secret
from pipeline.settings.value_readers import (
    ImpossibleValueError,
    Reader,
    above,
    flag,
    judged_text,
    listed,
    number,
    number_or_text,
    one_of,
    path,
    perhaps,
    table,
    text,
    whole,
)
from schemas.language import Language, Localized
from schemas.language.context import OFFICE_ZONE

OPEN_TABLES = {"deadlines": "stage", "parameters": "code"}
"""Tables whose names are checked later, against the procedures: by what each of their names stands for."""

Default = TypeVar("Default")
_READ = "read"


def _address(written: str) -> str:
    try:
        return parse_address(written)
    except ValueError as error:
        raise ImpossibleValueError(Localized("应为一个邮箱地址", "exactly one mail address is expected")) from error


def _address_or_none(written: str) -> str:
    return _address(written) if written else ""


def _zone(written: str) -> str:
    try:
        ZoneInfo(written)
    except (ZoneInfoNotFoundError, OSError, ValueError) as error:
        raise ImpossibleValueError(
            Localized("应为时区，如 Asia/Shanghai", "a time zone like Asia/Shanghai is expected")
        ) from error
    return written


def _url(written: str) -> str:
    try:
        sqlite = in_sqlite(written)
    except NotALedgerUrlError as error:
        raise ImpossibleValueError(
            Localized(
                "应为数据库地址，如 sqlite:///ledger/ruwang.db",
                "a database URL like sqlite:///ledger/ruwang.db is expected",
            )
        ) from error
    if not sqlite and not on_server(written):
        raise ImpossibleValueError(
            Localized(
                "账本只能用 SQLite 或 PostgreSQL：sqlite:///ledger/ruwang.db、postgresql://…",
                "the ledger is kept in SQLite or PostgreSQL",
            )
        )
    if sqlite and ledger_file(written) is None:
        raise ImpossibleValueError(
            Localized(
                "账本在内存中，运行一结束就没有了：请写明文件，如 sqlite:///ledger/ruwang.db",
                "a ledger in memory is lost with each run: name a file",
            )
        )
    return written


def _executor(written: str) -> str:
    try:
        scheduler_of(written)
    except ValueError as error:
        raise ImpossibleValueError(
            Localized(
                "应为 local，或 Dask 调度器的地址，如 dask://scheduler:8786",
                "local or an address like dask://scheduler:8786 is expected",
            )
        ) from error
    return written


_CODE_EXPECTED = Localized(
    "应以小写字母或数字开头，只用小写字母、数字和下划线，不超过 48 个，如 wuqiang 或 131123",
    "small letters, digits and underscores, 48 at the most, like wuqiang or 131123",
)
_COUNTY_EXPECTED = Localized(
    '应为六位行政区划码，加引号，如 "131123"', 'six digits of a division in quotation marks, like "131123"'
)
_MODE_EXPECTED = Localized('应为三位八进制数，加引号，如 "660"', 'three octal digits in quotation marks, like "660"')
_LANGUAGE_EXPECTED = Localized('应为 "zh" 或 "en"', '"zh" or "en" is expected')


def _setting(default: Default, read: Reader, *, shown: bool = True) -> Default:
    """A setting with its *default*, and what reads a value that was given for it."""
    held: Default = field(default=default, repr=shown, metadata={_READ: read})
    return held


def _secret(value: object) -> Secret:
    return value if isinstance(value, Secret) else Secret(text()(value))


@dataclass(frozen=True)
class Smtp:
    """The mail server. Without a host mails are written to ``outbox/mail/``."""

    host: str = _setting("", text())
    port: int = _setting(587, whole(1, 65535))
    starttls: bool = _setting(True, flag)
    user: str = _setting("", text())
    password: Secret = _setting(Secret(), _secret)
    password_file: Path | None = _setting(None, perhaps(path))
    sender: str = _setting("ruwang@localhost", judged_text(_address))
    timeout: float = _setting(30.0, above(0, 600))

    @property
    def secret(self) -> str:
        """The password in clear, for the server only."""
        return self.password.clear


def _smtp(value: object) -> Smtp:
    if not isinstance(value, Mapping):
        raise ImpossibleValueError(Localized("应为一个表", "a table is expected"))
    return Smtp(**read_values(Smtp, value))


@dataclass(frozen=True)
class Settings:
    """Everything that an office may set. Folders are absolute once loaded; see ``load``."""

    office_name: str = _setting("营销部", text(1))
    county: str = _setting("", text(0, "([0-9]{6})?", _COUNTY_EXPECTED))
    """Division code, six digits; used while no areas are known."""
    language: Language = _setting("zh", one_of(get_args(Language), _LANGUAGE_EXPECTED))
    inbox: Path = _setting(Path("inbox"), path)
    outbox: Path = _setting(Path("outbox"), path)
    ledger: str = _setting("sqlite:///ledger/ruwang.db", judged_text(_url), shown=False)
    ledger_password_file: Path | None = _setting(None, perhaps(path))
    office_code: str = _setting("", text(0, f"({CODE.pattern})?", _CODE_EXPECTED))
    """Which of the offices that share a ledger on a server this is."""
    lease_seconds: float = _setting(60.0, number(1, 3600))
    """A run that the server has not heard of for so long counts as dead."""
    backup_folder: Path | None = _setting(None, perhaps(path))
    """Where copies of a ledger in SQLite go; None is ``backups`` beside it."""
    backups_kept: int = _setting(14, whole(0, 3650))
    """Copies that are kept, one a day; 0 is none."""
    log_file: Path | None = _setting(None, perhaps(path))
    """Where each run leaves a line of JSON; it is renamed when it grows long."""
    deadlines: Mapping[str, int] = field(default_factory=dict, metadata={_READ: table(whole(0, 250))})
    """Working days by stage code, where they differ from the procedure's own; 0 is none."""
    timezone: str = _setting(OFFICE_ZONE, judged_text(_zone))
    clerk: str = _setting("", judged_text(_address_or_none))
    """Who gets what belongs to nobody else."""
    settle_seconds: float = _setting(2.0, number(0, 3600))
    """A file in the inbox is taken when it has not changed for so long."""
    workers: int = _setting(0, whole(0, 256))
    """Processes that read sheets; 0 is one for each processor."""
    worklist_passwords: Secret = _setting(Secret(), _secret)
    """Of people's own workbooks, a line each: staff number, or ``*`` for everybody else, and password."""
    worklist_password_file: Path | None = _setting(None, perhaps(path))
    executor: str = _setting(LOCAL, judged_text(_executor))
    """Where sheets are read: ``local``, or the address of a cluster's scheduler."""
    master_rows: int = _setting(1_000_000, whole(1, 1_000_000))
    """Records of a register that one sheet of the master holds at most; Excel's own limit is 1,048,576 rows."""
    days_between_runs: int = _setting(60, whole(0, 3650))
    """A run so many days after the last one or more is not believed, nor one of a day before it; 0 believes any day."""
    procedures: tuple[str, ...] = _setting((), listed)
    """Codes of the procedures in use; none named is all."""
    procedures_folder: Path | None = _setting(None, perhaps(path))
    """Where the office keeps procedures of its own: packages like those of ``schemas/``, and workbooks in which one is drawn."""
    parameters: Mapping[str, float | str] = field(default_factory=dict, metadata={_READ: table(number_or_text)})
    """Numbers of procedures, and what else they let an office choose, by code, where they differ from the procedure's own; what
    the office hands in on a sheet of its own goes before.
    """
    file_mode: str = _setting("660", text(0, "0?[0-7]{3}", _MODE_EXPECTED))
    """Who may read and write what a run makes, in octal digits; the owner always may."""
    smtp: Smtp = _setting(Smtp(), _smtp)

    def model_copy(self, *, update: Mapping[str, Any]) -> Self:
        """Return these settings with those of *update*, taken as they are."""
        return replace(self, **update)

    @property
    def mode(self) -> int:
        """``file_mode`` as a number."""
        return int(self.file_mode, 8) | 0o600

    @property
    def ledger_shown(self) -> str:
        """The ledger's URL as it may be shown: without a password."""
        return without_password(self.ledger)

    @property
    def archive(self) -> Path:
        """Where the originals are kept."""
        return self.outbox / "archive"

    @property
    def kept_definitions(self) -> Path:
        """Where a run puts by the drawn procedures that were right: each goes on when its next version is not."""
        return self.outbox / ".definitions"

    @property
    def lock_folder(self) -> Path:
        """Where a run holds its lock: there is one run at a time for each outbox."""
        return self.outbox

    @property
    def backups(self) -> Path:
        """Where copies of a ledger in SQLite go."""
        return self.backup_folder or (ledger_file(self.ledger) or Path()).parent / "backups"

    @property
    def readers(self) -> Readers:
        """What may read sheets."""
        return Readers(self.workers or os.cpu_count() or 1, scheduler_of(self.executor))

    @property
    def passwords(self) -> Passwords:
        """The passwords of people's own workbooks."""
        return Passwords.parse(self.worklist_passwords.clear)

    @property
    def password_files(self) -> list[Path]:
        """The files that hold passwords."""
        named = (self.smtp.password_file, self.ledger_password_file, self.worklist_password_file)
        return [path for path in named if path is not None]

    @property
    def mail_folder(self) -> Path:
        """Where mails are written while there is no mail server."""
        return self.outbox / "mail"


def read_values(model: type, tree: Mapping[str, object]) -> dict[str, Any]:
    """Return what the settings of *model* hold where *tree* gives values, as they were written, by name.

    Raise ImpossibleValueError for one that cannot be, with the name of its setting.
    """
    readers: dict[str, Reader] = {each.name: each.metadata[_READ] for each in fields(model)}
    held = {}
    for name in sorted(tree, key=list(readers).index):
        try:
            held[name] = readers[name](tree[name])
        except ImpossibleValueError as error:
            within = f"{name}.{error.within}" if error.within else name
            raise ImpossibleValueError(error.expected, within) from error
    return held


def flat(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield every setting by dotted name with its value as it may be shown: never a secret."""
    for each in fields(settings):
        name, value = each.name, getattr(settings, each.name)
        if isinstance(value, Smtp):
            for inner in fields(value):
                yield f"{name}.{inner.name}", _show(getattr(value, inner.name))
        elif name in OPEN_TABLES and value:
            for key, item in value.items():
                yield f"{name}.{key}", _show(item)
        elif name == "ledger":
            yield name, settings.ledger_shown
        else:
            yield name, _show(value)


def _show(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None or value == {} else str(value)

"""What an office may set, with a default for everything that works."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr
from pydantic_core import PydanticCustomError

from pipeline.domain.mail import parse_address
from pipeline.domain.passwords import Passwords
from pipeline.outside.ledger_url import CODE, NotALedgerUrlError, in_sqlite, ledger_file, on_server, without_password
from pipeline.outside.workers.config import LOCAL, Readers, scheduler_of
from schemas.language import Language
from schemas.language.context import OFFICE_ZONE

OPEN_TABLES = {"deadlines": "stage", "parameters": "code"}
"""Tables whose names are checked later, against the procedures: by what each of their names stands for."""


def _address(text: str) -> str:
    try:
        return parse_address(text)
    except ValueError as error:
        raise PydanticCustomError("address", "exactly one mail address is expected") from error


def _address_or_none(text: str) -> str:
    return _address(text) if text else ""


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, OSError, ValueError) as error:
        raise PydanticCustomError("timezone", "a time zone like Asia/Shanghai is expected") from error
    return text


def _url(text: str) -> str:
    try:
        sqlite = in_sqlite(text)
    except NotALedgerUrlError as error:
        raise PydanticCustomError("url", "a database URL like sqlite:///ledger/ruwang.db is expected") from error
    if not sqlite and not on_server(text):
        raise PydanticCustomError("url_of_another", "the ledger is kept in SQLite or PostgreSQL")
    if sqlite and ledger_file(text) is None:
        raise PydanticCustomError("url_in_memory", "a ledger in memory is lost with each run: name a file")
    return text


def _executor(text: str) -> str:
    try:
        scheduler_of(text)
    except ValueError as error:
        raise PydanticCustomError("executor", "local or an address like dask://scheduler:8786 is expected") from error
    return text


def _listed(value: Any) -> Any:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


class Smtp(BaseModel):
    """The mail server. Without a host mails are written to ``outbox/mail/``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = ""
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    starttls: bool = True
    user: str = ""
    password: SecretStr = SecretStr("")
    password_file: Path | None = None
    sender: Annotated[str, AfterValidator(_address)] = "ruwang@localhost"
    timeout: Annotated[float, Field(gt=0, le=600)] = 30.0

    @property
    def secret(self) -> str:
        """The password in clear, for the server only."""
        return self.password.get_secret_value()


class Settings(BaseModel):
    """Everything that an office may set. Folders are absolute once loaded; see ``load``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    office_name: Annotated[str, Field(min_length=1)] = "营销部"
    county: Annotated[str, Field(pattern=r"^([0-9]{6})?$")] = ""
    """Division code, six digits; used while no areas are known."""
    language: Language = "zh"
    inbox: Path = Path("inbox")
    outbox: Path = Path("outbox")
    ledger: Annotated[str, AfterValidator(_url), Field(repr=False)] = "sqlite:///ledger/ruwang.db"
    ledger_password_file: Path | None = None
    office_code: Annotated[str, Field(pattern=rf"^({CODE.pattern})?$")] = ""
    """Which of the offices that share a ledger on a server this is."""
    lease_seconds: Annotated[float, Field(ge=1, le=3600)] = 60.0
    """A run that the server has not heard of for so long counts as dead."""
    backup_folder: Path | None = None
    """Where copies of a ledger in SQLite go; None is ``backups`` beside it."""
    backups_kept: Annotated[int, Field(ge=0, le=3650)] = 14
    """Copies that are kept, one a day; 0 is none."""
    log_file: Path | None = None
    """Where each run leaves a line of JSON; it is renamed when it grows long."""
    deadlines: dict[str, Annotated[int, Field(ge=0, le=250)]] = Field(default_factory=dict)
    """Working days by stage code, where they differ from the procedure's own; 0 is none."""
    timezone: Annotated[str, AfterValidator(_zone)] = OFFICE_ZONE
    clerk: Annotated[str, AfterValidator(_address_or_none)] = ""
    """Who gets what belongs to nobody else."""
    settle_seconds: Annotated[float, Field(ge=0, le=3600)] = 2.0
    """A file in the inbox is taken when it has not changed for so long."""
    workers: Annotated[int, Field(ge=0, le=256)] = 0
    """Processes that read sheets; 0 is one for each processor."""
    worklist_passwords: SecretStr = SecretStr("")
    """Of people's own workbooks, a line each: staff number, or ``*`` for everybody else, and password."""
    worklist_password_file: Path | None = None
    executor: Annotated[str, AfterValidator(_executor)] = LOCAL
    """Where sheets are read: ``local``, or the address of a cluster's scheduler."""
    master_rows: Annotated[int, Field(ge=1, le=1_000_000)] = 1_000_000
    """Records of a register that one sheet of the master holds at most; Excel's own limit is 1,048,576 rows."""
    days_between_runs: Annotated[int, Field(ge=0, le=3650)] = 60
    """A run so many days after the last one or more is not believed, nor one of a day before it; 0 believes any day."""
    procedures: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()
    """Codes of the procedures in use; none named is all."""
    procedures_folder: Path | None = None
    """Where the office keeps procedures of its own: packages like those of ``schemas/``, and workbooks in which one is drawn."""
    parameters: dict[str, float | str] = Field(default_factory=dict)
    """Numbers of procedures, and what else they let an office choose, by code, where they differ from the procedure's own; what
    the office hands in on a sheet of its own goes before.
    """
    file_mode: Annotated[str, Field(pattern=r"^0?[0-7]{3}$")] = "660"
    """Who may read and write what a run makes, in octal digits; the owner always may."""
    smtp: Smtp = Smtp()

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
        return Passwords.parse(self.worklist_passwords.get_secret_value())

    @property
    def password_files(self) -> list[Path]:
        """The files that hold passwords."""
        named = (self.smtp.password_file, self.ledger_password_file, self.worklist_password_file)
        return [path for path in named if path is not None]

    @property
    def mail_folder(self) -> Path:
        """Where mails are written while there is no mail server."""
        return self.outbox / "mail"


def flat(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield every setting by dotted name with its value as it may be shown: never a secret."""
    for name in Settings.model_fields:
        value = getattr(settings, name)
        if isinstance(value, BaseModel):
            for inner in type(value).model_fields:
                yield f"{name}.{inner}", _show(getattr(value, inner))
        elif name in OPEN_TABLES and value:
            for key, item in value.items():
                yield f"{name}.{key}", _show(item)
        elif name == "ledger":
            yield name, settings.ledger_shown
        else:
            yield name, _show(value)


def _show(value: object) -> str:
    if isinstance(value, SecretStr):
        return "***" if value.get_secret_value() else ""
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None or value == {} else str(value)

"""From all that was set to the settings in force, each with where it came from."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, get_args

from pydantic import SecretStr, ValidationError

from pipeline.domain.mail import parse_address
from pipeline.domain.passwords import BadLineError, Passwords
from pipeline.errors import SettingsError
from pipeline.outside.ledger_url import beside, has_password, ledger_file
from pipeline.settings.given import PREFIX, Given, from_command_line, from_environment, from_file, in_environment
from pipeline.settings.impossible import impossible
from pipeline.settings.ledger_address import addressed
from pipeline.settings.model import OPEN_TABLES, Settings, flat
from pipeline.settings.secret_file import secret_in
from schemas.language import Language, Localized

DEFAULT = "default"

_SECRETS = {"smtp.password": "smtp.password_file", "worklist_passwords": "worklist_password_file"}
"""Settings that no file of settings and no command line may hold, and those that name a file for them."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One setting as ``doctor`` shows it: never a secret."""

    name: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings, and by dotted name where each came from; what is not named there is a default."""

    settings: Settings
    sources: Mapping[str, str]

    def shown(self) -> list[Shown]:
        """Return every setting with its value and source, in the order of declaration."""
        return [Shown(name, value, self.sources.get(name, DEFAULT)) for name, value in flat(self.settings)]


def load_settings(
    overrides: Mapping[str, object] | None = None,
    *,
    config: Path | None = None,
    environ: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Loaded:
    """Return the settings in force.

    *overrides* are the command line's, by setting name; None means not given. *config* must exist when it is named;
    else ``pipeline.toml`` in *folder* (the current one) is read when it is there. Relative folders in the file, and
    the defaults, start from the file's folder; those of the environment and the command line from *folder*.

    Raise SettingsError for a name that is no setting, a value that cannot be, and a secret where none may stand.
    """
    here = Path(folder or Path.cwd()).absolute()
    given = [
        *from_file(config, here),
        *from_environment(os.environ if environ is None else environ, here),
        *from_command_line(overrides or {}, here),
    ]
    language = _language(given)
    try:
        return _build(given, here if config is None else (here / config).parent)
    except SettingsError as error:
        raise SettingsError(error.message, language) from None


def _language(given: Sequence[Given]) -> Language:
    asked = [each.value for each in given if each.name == "language" and each.value in get_args(Language)]
    return asked[-1] if asked else "zh"


def _build(given: Sequence[Given], base: Path) -> Loaded:
    tree: dict[str, Any] = {}
    by_name: dict[str, Given] = {}
    for each in given:
        _refuse_unknown(each)
        _refuse_secret(each)
        table, _, name = each.name.rpartition(".")
        (tree.setdefault(table, {}) if table else tree)[name] = each.value
        by_name[each.name] = each
    try:
        settings = Settings.model_validate(tree)
    except ValidationError as error:
        raise impossible(error, by_name) from None
    bases = {name: each.base for name, each in by_name.items()}
    settled = _settle(settings, bases, base)
    _keep_apart(settled, {name: each.place for name, each in by_name.items()})
    return Loaded(settled, {name: each.source for name, each in by_name.items()})


def _refuse_unknown(given: Given) -> None:
    names = [name for name, _ in flat(Settings()) if name not in OPEN_TABLES]
    table, dot, _ = given.name.partition(".")
    if given.name in names or (table in OPEN_TABLES and dot):
        return
    from difflib import get_close_matches  # asked for by a mistake alone

    near = get_close_matches(
        given.name, [*names, *(f"{table}.<{what}>" for table, what in OPEN_TABLES.items())], 1, 0.6
    )
    meant = (near[0] if given.in_file else in_environment(near[0])) if near else ""
    raise SettingsError(
        Localized(
            f"没有这个设置：{given.place}" + (f"；是不是 {meant}？" if near else ""),
            f"there is no such setting: {given.place}" + (f"; did you mean {meant}?" if near else ""),
        )
    )


def _refuse_secret(given: Given) -> None:
    if given.source.startswith(PREFIX):
        return
    if given.name in _SECRETS or (given.name == "ledger" and has_password(str(given.value))):
        other = _SECRETS.get(given.name, "ledger_password_file")
        variable = in_environment(given.name)
        raise SettingsError(
            Localized(
                f"{given.source}: {given.name} 中不能写密码；请用环境变量 {variable}，或用 {other} 指定存放密码的文件",
                f"{given.source}: {given.name} must not hold a password; "
                f"use {variable} in the environment, or name a file that holds it in {other}",
            )
        )


def _settle(settings: Settings, bases: Mapping[str, Path], base: Path) -> Settings:
    """Make folders absolute, and fetch the secrets that lie in files."""

    def absolute(name: str, path: Path) -> Path:
        return bases.get(name, base) / path.expanduser()

    smtp = settings.smtp
    if smtp.password_file is not None:
        smtp = smtp.model_copy(update={"password_file": absolute("smtp.password_file", smtp.password_file)})
    if smtp.password_file is not None and not smtp.secret:
        smtp = smtp.model_copy(update={"password": SecretStr(secret_in(smtp.password_file))})
    if "smtp.sender" not in bases:
        with suppress(ValueError):  # most servers name their users by address, and let each send as himself only
            smtp = smtp.model_copy(update={"sender": parse_address(smtp.user)})
    password_file = settings.ledger_password_file and absolute("ledger_password_file", settings.ledger_password_file)
    ledger = addressed(beside(settings.ledger, bases.get("ledger", base)), settings.office_code, password_file)
    passwords = settings.worklist_passwords
    worklist_file = settings.worklist_password_file
    worklist_file = worklist_file and absolute("worklist_password_file", worklist_file)
    if worklist_file is not None and not passwords.get_secret_value():
        passwords = SecretStr(secret_in(worklist_file))
    _judge(passwords, given=settings.worklist_password_file is not None)
    if passwords.get_secret_value() and find_spec("msoffcrypto") is None:
        raise SettingsError(
            Localized(
                "给任务表加密码需要 msoffcrypto-tool：pip install msoffcrypto-tool（没有外网的，见 docs/zh/运维.md“一台机器，一个程序，几个单位”）",
                "passwords on worklists need msoffcrypto-tool: pip install msoffcrypto-tool (without internet: docs/ops.md, first chapter)",
            )
        )
    return settings.model_copy(
        update={
            "worklist_passwords": passwords,
            "worklist_password_file": worklist_file,
            "inbox": absolute("inbox", settings.inbox),
            "outbox": absolute("outbox", settings.outbox),
            "ledger": ledger,
            "ledger_password_file": password_file,
            "procedures_folder": settings.procedures_folder
            and absolute("procedures_folder", settings.procedures_folder),
            "backup_folder": settings.backup_folder and absolute("backup_folder", settings.backup_folder),
            "log_file": settings.log_file and absolute("log_file", settings.log_file),
            "smtp": smtp,
        }
    )


def _keep_apart(settings: Settings, places: Mapping[str, str]) -> None:
    """Refuse folders of which one is taken for the other: what lies in the inbox is read, and carried off."""
    inbox, outbox = settings.inbox.resolve(), settings.outbox.resolve()
    ledger = ledger_file(settings.ledger)
    kept = {
        "outbox": outbox,
        "ledger": ledger,
        "backup_folder": settings.backups if ledger else None,
        "log_file": settings.log_file,
    }
    name = next((name for name, path in kept.items() if path and path.resolve().is_relative_to(inbox)), "")
    if inbox.is_relative_to(outbox):
        name = "outbox"
    if name:
        one, other = places.get("inbox", "inbox"), places.get(name, name)
        raise SettingsError(
            Localized(
                f"{one} 和 {other} 不能是同一个文件夹，也不能一个在另一个里面：收件夹里的文件都会被读取并移走",
                f"{one} and {other} must be folders apart, neither within the other: "
                "whatever lies in the inbox is read and carried off",
            )
        )


def _judge(passwords: SecretStr, *, given: bool) -> None:
    """Refuse what would leave worklists open that are meant to be closed."""
    try:
        held = Passwords.parse(passwords.get_secret_value())
    except BadLineError as bad:
        raise SettingsError(
            Localized(
                f"worklist_password_file 第 {bad.number} 行应是：工号 空格 密码",
                f"worklist_password_file, line {bad.number}: it should be a staff number, a blank, a password",
            )
        ) from None
    if given and not held:
        raise SettingsError(
            Localized("worklist_password_file 中没有密码", "worklist_password_file holds no password"),
        )

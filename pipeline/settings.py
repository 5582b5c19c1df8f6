"""Settings: defaults that work, then ``pipeline.toml``, then ``RUWANG_…`` in the environment, then the command line.

Every value remembers where it came from. Secrets come from the environment or from a file that a setting names.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, get_args
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from pipeline.domain.mail import parse_address
from pipeline.errors import SettingsError
from schemas.form import Language, Words

CONFIG = "pipeline.toml"
PREFIX = "RUWANG_"
DEFAULT = "default"

_DEEPER = "__"
_OPEN_TABLES = {"deadlines"}
"""Tables whose names are checked later, against the procedures."""
_SECRETS = {"smtp.password"}
"""Settings that no file of settings and no command line may hold."""
_NOT_SETTINGS = {"CONFIG"}
"""Names that the command line reads itself."""
_SQLITE = "sqlite:///"


def _address(text: str) -> str:
    return parse_address(text) if text else ""


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (OSError, ValueError) as error:  # not found is an OSError or a KeyError, by Python's version
        raise ValueError(f"no time zone {text!r}") from error
    except KeyError as error:
        raise ValueError(f"no time zone {text!r}") from error
    return text


def _url(text: str) -> str:
    try:
        make_url(text)
    except ArgumentError as error:
        raise ValueError("not a database URL, like sqlite:///ledger/ruwang.db") from error
    return text


def _listed(value: Any) -> Any:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


Address = Annotated[str, AfterValidator(_address)]


class Smtp(BaseModel):
    """The mail server. Without a host mails are written to ``outbox/mail/``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = ""
    port: int = Field(587, ge=1, le=65535)
    starttls: bool = True
    user: str = ""
    password: SecretStr = SecretStr("")
    password_file: Path | None = None
    sender: Annotated[str, AfterValidator(_address)] = "ruwang@localhost"
    timeout: float = Field(30.0, gt=0, le=600)

    @property
    def secret(self) -> str:
        """The password in clear, for the server only."""
        return self.password.get_secret_value()


class Settings(BaseModel):
    """Everything that an office may set. Folders are absolute once loaded; see ``load``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    office_name: str = Field("营销部", min_length=1)
    county: str = Field("", pattern=r"^([0-9]{6})?$")
    """Division code, six digits; used while no areas are known."""
    language: Language = "zh"
    inbox: Path = Path("inbox")
    outbox: Path = Path("outbox")
    ledger: Annotated[str, AfterValidator(_url)] = Field("sqlite:///ledger/ruwang.db", repr=False)
    ledger_password_file: Path | None = None
    deadlines: dict[str, Annotated[int, Field(ge=0, le=250)]] = Field(default_factory=dict)
    """Working days by stage code, where they differ from the procedure's own; 0 is none."""
    timezone: Annotated[str, AfterValidator(_zone)] = "Asia/Shanghai"
    clerk: Address = ""
    """Who gets what belongs to nobody else."""
    settle_seconds: float = Field(2.0, ge=0, le=3600)
    """A file in the inbox is taken when it has not changed for so long."""
    workers: int = Field(0, ge=0, le=256)
    """Processes that read sheets; 0 is one for each processor."""
    procedures: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()
    """Codes of the procedures in use; none named is all."""
    smtp: Smtp = Smtp()

    @property
    def lock_folder(self) -> Path:
        """Where a run holds its lock: there is one run at a time for each outbox."""
        return self.outbox

    @property
    def mail_folder(self) -> Path:
        """Where mails are written while there is no mail server."""
        return self.outbox / "mail"


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
        return [Shown(name, value, self._source(name)) for name, value in _flat(self.settings)]

    def _source(self, name: str) -> str:
        return self.sources.get(name, DEFAULT)


@dataclass(frozen=True, slots=True)
class _Given:
    """A value as somebody wrote it. ``base`` is the folder that a relative path starts from."""

    name: str
    value: Any
    source: str
    base: Path


def load(
    overrides: Mapping[str, Any] | None = None,
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
        *_from_file(config, here),
        *_from_environment(os.environ if environ is None else environ, here),
        *_from_command_line(overrides or {}, here),
    ]
    language = _language(given)
    try:
        return _build(given, here if config is None else (here / config).parent)
    except SettingsError as error:
        raise SettingsError(error.message, language) from None


def _from_file(config: Path | None, here: Path) -> Iterator[_Given]:
    path = here / (config or CONFIG)
    try:
        table = tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        if config is not None:
            raise SettingsError(Words(f"没有设置文件 {path}", f"there is no settings file {path}")) from None
        return
    except OSError as error:
        raise SettingsError(
            Words(f"不能读取设置文件 {path}（{error.strerror}）", f"cannot read {path}: {error.strerror}")
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(Words(f"{path} 写法有误：{error}", f"{path} is not valid TOML: {error}")) from error
    for name, value in _dotted(table):
        yield _Given(name, value, path.name, path.parent)


def _from_environment(environ: Mapping[str, str], here: Path) -> Iterator[_Given]:
    for variable, value in sorted(environ.items()):
        if variable.startswith(PREFIX) and variable.removeprefix(PREFIX) not in _NOT_SETTINGS:
            name = variable.removeprefix(PREFIX).lower().replace(_DEEPER, ".")
            yield _Given(name, value, variable, here)


def _from_command_line(overrides: Mapping[str, Any], here: Path) -> Iterator[_Given]:
    for name, value in overrides.items():
        if value is not None:
            yield _Given(name, value, "--" + name.replace("_", "-"), here)


def _dotted(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _dotted(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def _language(given: Sequence[_Given]) -> Language:
    asked = [each.value for each in given if each.name == "language" and each.value in get_args(Language)]
    return asked[-1] if asked else "zh"


def _build(given: Sequence[_Given], base: Path) -> Loaded:
    tree: dict[str, Any] = {}
    sources: dict[str, str] = {}
    bases: dict[str, Path] = {}
    for each in given:
        _refuse_unknown(each)
        _refuse_secret(each)
        table, _, name = each.name.rpartition(".")
        (tree.setdefault(table, {}) if table else tree)[name] = each.value
        sources[each.name], bases[each.name] = each.source, each.base
    try:
        settings = Settings.model_validate(tree)
    except ValidationError as error:
        raise _impossible(error, sources) from None
    return Loaded(_settle(settings, bases, base), sources)


def _refuse_unknown(given: _Given) -> None:
    names = [name for name, _ in _flat(Settings())]
    if given.name in names or given.name.partition(".")[0] in _OPEN_TABLES and "." in given.name:
        return
    near = get_close_matches(given.name, [*names, *_OPEN_TABLES], 1, 0.6)
    written = given.source if given.source.startswith((PREFIX, "--")) else f"{given.source}: {given.name}"
    meant = _as_written(near[0], given.source) if near else ""
    raise SettingsError(
        Words(
            f"没有这个设置：{written}" + (f"；是不是 {meant}？" if near else ""),
            f"there is no such setting: {written}" + (f"; did you mean {meant}?" if near else ""),
        )
    )


def _as_written(name: str, source: str) -> str:
    return PREFIX + name.replace(".", _DEEPER).upper() if source.startswith(PREFIX) else name


def _refuse_secret(given: _Given) -> None:
    if given.source.startswith(PREFIX):
        return
    if given.name in _SECRETS or (given.name == "ledger" and _password(str(given.value))):
        other = "smtp.password_file" if given.name in _SECRETS else "ledger_password_file"
        variable = _as_written(given.name, PREFIX)
        raise SettingsError(
            Words(
                f"{given.source}: {given.name} 中不能写密码；请用环境变量 {variable}，或用 {other} 指定存放密码的文件",
                f"{given.source}: {given.name} must not hold a password; "
                f"use {variable} in the environment, or name a file that holds it in {other}",
            )
        )


def _password(url: str) -> bool:
    try:
        return bool(make_url(url).password)
    except ArgumentError:
        return "@" in url  # it is no URL, yet may hold one: better not shown


def _impossible(error: ValidationError, sources: Mapping[str, str]) -> SettingsError:
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    name = ".".join(str(part) for part in first["loc"])
    source = next((sources[known] for known in sources if known == name or name.startswith(f"{known}.")), "")
    wording = next((words for kind, words in _WORDING.items() if re.match(kind, first["type"])), None)
    said = str(first["msg"]).removeprefix("Value error, ")
    why = Words(said, said) if wording is None else Words(f"{wording.zh}（{said}）", f"{wording.en} ({said})")
    where = f"{source}: {name}" if source and not source.startswith((PREFIX, "--")) else source or name
    return SettingsError(Words(f"设置 {where} 的值不行：{why.zh}", f"setting {where}: {why.en}"))


_WORDING = {
    "int_": Words("应为整数", "a whole number is expected"),
    "float_": Words("应为数字", "a number is expected"),
    "bool_": Words("应为 true 或 false", "true or false is expected"),
    "string_type": Words("应为文字，请加引号", "text is expected: put it in quotes"),
    "string_pattern_mismatch": Words("格式不对", "it does not have the right form"),
    "string_too_short": Words("不能为空", "it must not be empty"),
    "(greater|less)_than": Words("超出范围", "out of range"),
    "literal_error": Words("不在可选的值之内", "not one of the possible values"),
    "path_type": Words("应为文件夹的路径", "the path of a folder is expected"),
}


def _settle(settings: Settings, bases: Mapping[str, Path], base: Path) -> Settings:
    """Make folders absolute, and fetch the secrets that lie in files."""

    def absolute(name: str, path: Path) -> Path:
        return bases.get(name, base) / path.expanduser()

    smtp = settings.smtp
    if smtp.password_file is not None and not smtp.secret:
        password = _secret_in(absolute("smtp.password_file", smtp.password_file))
        smtp = smtp.model_copy(update={"password": SecretStr(password)})
    if "@" in smtp.user and "smtp.sender" not in bases:
        smtp = smtp.model_copy(update={"sender": parse_address(smtp.user)})
    ledger = make_url(_beside(settings.ledger, bases.get("ledger", base)))
    if settings.ledger_password_file is not None and ledger.password is None:
        ledger = ledger.set(password=_secret_in(absolute("ledger_password_file", settings.ledger_password_file)))
    return settings.model_copy(
        update={
            "inbox": absolute("inbox", settings.inbox),
            "outbox": absolute("outbox", settings.outbox),
            "ledger": ledger.render_as_string(hide_password=False),
            "smtp": smtp,
        }
    )


def _beside(url: str, base: Path) -> str:
    parsed: URL = make_url(url)
    path = parsed.database or ""
    if parsed.get_backend_name() != "sqlite" or path in {"", ":memory:"} or path.startswith("file:"):
        return url
    return parsed.set(database=str(base / Path(path).expanduser())).render_as_string(hide_password=False)


def _secret_in(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(Words(f"不能读取密码文件 {path}", f"cannot read the password file {path}")) from error


def _flat(settings: Settings) -> Iterator[tuple[str, str]]:
    """Every setting by dotted name, as it may be shown."""
    for name in Settings.model_fields:
        value = getattr(settings, name)
        if isinstance(value, BaseModel):
            for inner in type(value).model_fields:
                yield f"{name}.{inner}", _show(getattr(value, inner))
        elif name in _OPEN_TABLES and value:
            for key, item in value.items():
                yield f"{name}.{key}", _show(item)
        elif name == "ledger":
            yield name, make_url(value).render_as_string(hide_password=True)
        else:
            yield name, _show(value)


def _show(value: Any) -> str:
    if isinstance(value, SecretStr):
        return "***" if value.get_secret_value() else ""
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None or value == {} else str(value)

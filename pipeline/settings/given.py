"""What somebody has set, and where: the file, the environment, the command line. Nothing is judged here."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import SettingsError
from schemas.language import Localized

CONFIG = "pipeline.toml"
PREFIX = "RUWANG_"
OPTION = "--"

_DEEPER = "__"
_NOT_SETTINGS = {"CONFIG"}
"""Names that the command line reads itself."""


@dataclass(frozen=True, slots=True)
class Given:
    """A value as somebody wrote it. ``base`` is the folder that a relative path starts from."""

    name: str
    value: Any
    source: str
    base: Path

    @property
    def in_file(self) -> bool:
        """Whether it was written in a file of settings."""
        return not self.source.startswith((PREFIX, OPTION))

    @property
    def place(self) -> str:
        """Where to look for it."""
        return f"{self.source}: {self.name}" if self.in_file else self.source


def from_file(config: Path | None, here: Path) -> Iterator[Given]:
    """Yield what the file says; none is needed unless *config* names it."""
    path = here / (config or CONFIG)
    try:
        table = tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        if config is not None:
            raise SettingsError(Localized(f"没有设置文件 {path}", f"there is no settings file {path}")) from None
        return
    except OSError as error:
        raise SettingsError(
            Localized(f"不能读取设置文件 {path}（{error.strerror}）", f"cannot read {path}: {error.strerror}")
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(Localized(f"{path} 写法有误：{error}", f"{path} is not valid TOML: {error}")) from error
    for name, value in _dotted(table):
        yield Given(name, value, path.name, path.parent)


def from_environment(environ: Mapping[str, str], here: Path) -> Iterator[Given]:
    """Yield every ``RUWANG_…``; two underscores lead into a table."""
    for variable, value in sorted(environ.items()):
        if variable.startswith(PREFIX) and variable.removeprefix(PREFIX) not in _NOT_SETTINGS:
            name = variable.removeprefix(PREFIX).lower().replace(_DEEPER, ".")
            yield Given(name, value, variable, here)


def from_command_line(overrides: Mapping[str, object], here: Path) -> Iterator[Given]:
    """Yield the options that were given."""
    for name, value in overrides.items():
        if value is not None:
            yield Given(name, value, OPTION + name.replace("_", "-"), here)


def _dotted(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _dotted(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def in_environment(name: str) -> str:
    """Return the variable that holds the setting *name*."""
    return PREFIX + name.replace(".", _DEEPER).upper()

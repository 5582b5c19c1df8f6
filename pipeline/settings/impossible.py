"""What is said of a setting that has an impossible value: what is expected, in the language of the office."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from pipeline.errors import SettingsError
from pipeline.settings.given import Given
from schemas.language import Localized

_OF_ONE = {
    "county": Localized(
        '应为六位行政区划码，加引号，如 "131123"', 'six digits of a division in quotation marks, like "131123"'
    ),
    "language": Localized('应为 "zh" 或 "en"', '"zh" or "en" is expected'),
    "office_code": Localized(
        "应以小写字母或数字开头，只用小写字母、数字和下划线，不超过 48 个，如 wuqiang 或 131123",
        "small letters, digits and underscores, 48 at the most, like wuqiang or 131123",
    ),
    "file_mode": Localized('应为三位八进制数，加引号，如 "660"', 'three octal digits in quotation marks, like "660"'),
}
_BY_KIND = {
    "int_": Localized("应为整数", "a whole number is expected"),
    "float_": Localized("应为数字", "a number is expected"),
    "bool_": Localized("应为 true 或 false", "true or false is expected"),
    "string_type": Localized("应为文字，请加引号", "a text in quotation marks is expected"),
    "string_too_short": Localized("不能为空", "it must not be empty"),
    "greater_than_equal": Localized("不能小于 {ge}", "{ge} is the least"),
    "greater_than": Localized("应大于 {gt}", "it must be above {gt}"),
    "less_than_equal": Localized("不能大于 {le}", "{le} is the most"),
    "less_than": Localized("应小于 {lt}", "it must be below {lt}"),
    "address": Localized("应为一个邮箱地址", "exactly one mail address is expected"),
    "timezone": Localized("应为时区，如 Asia/Shanghai", "a time zone like Asia/Shanghai is expected"),
    "url_in_memory": Localized(
        "账本在内存中，运行一结束就没有了：请写明文件，如 sqlite:///ledger/ruwang.db",
        "a ledger in memory is lost with each run: name a file",
    ),
    "url_of_another": Localized(
        "账本只能用 SQLite 或 PostgreSQL：sqlite:///ledger/ruwang.db、postgresql://…",
        "the ledger is kept in SQLite or PostgreSQL",
    ),
    "url": Localized(
        "应为数据库地址，如 sqlite:///ledger/ruwang.db", "a database URL like sqlite:///ledger/ruwang.db is expected"
    ),
    "executor": Localized(
        "应为 local，或 Dask 调度器的地址，如 dask://scheduler:8786",
        "local or an address like dask://scheduler:8786 is expected",
    ),
    "path_type": Localized("应为文件夹的路径", "the path of a folder is expected"),
}


def impossible(error: ValidationError, given: Mapping[str, Given]) -> SettingsError:
    """Return what is told of the first value that cannot be, of those *given* by name."""
    first = error.errors(include_url=False, include_input=False)[0]
    name = ".".join(str(part) for part in first["loc"])
    place = next((each.place for known, each in given.items() if known == name or name.startswith(f"{known}.")), name)
    said = _expected(name, first["type"], first.get("ctx", {})) or Localized(str(first["msg"]), str(first["msg"]))
    return SettingsError(Localized(f"设置 {place} 的值不对：{said.zh}", f"setting {place}: {said.en}"))


def _expected(name: str, kind: str, bounds: Mapping[str, Any]) -> Localized | None:
    if name in _OF_ONE:
        return _OF_ONE[name]
    words = next((words for sign, words in _BY_KIND.items() if re.match(sign, kind)), None)
    if words is None:
        return None
    shown = {name: f"{bound:g}" if isinstance(bound, float) else bound for name, bound in bounds.items()}
    return Localized(words.zh.format_map(shown), words.en.format_map(shown))

"""Nothing is read without the guard against XML that expands entities or fetches files: openpyxl leaves it out silently."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib.util import find_spec

from pipeline.errors import RuwangError
from schemas.language import Localized

_GUARD = "defusedxml"
_SWITCH = "OPENPYXL_DEFUSEDXML"
"""openpyxl's own switch: with any value but True it reads workbooks without the guard."""


class UnguardedError(RuwangError):
    """The guard is not installed, or was switched off in the environment."""

    exit_code = 2


def require_safe_xml(environ: Mapping[str, str] = os.environ) -> None:
    """Raise UnguardedError unless openpyxl will read the XML of a workbook through defusedxml."""
    if find_spec(_GUARD) is None:
        raise UnguardedError(
            Localized(
                f"没有安装 {_GUARD}，不能安全地读取外来工作簿：请重新安装（make run）",
                f"{_GUARD} is not installed and foreign workbooks are not safe to read without it: install again (make run)",
            )
        )
    if environ.get(_SWITCH, "True") != "True":
        raise UnguardedError(
            Localized(
                f"环境变量 {_SWITCH} 关掉了 {_GUARD}，不能安全地读取外来工作簿：请删去该变量",
                f"{_SWITCH} in the environment switches {_GUARD} off, and foreign workbooks are not safe to read: unset it",
            )
        )

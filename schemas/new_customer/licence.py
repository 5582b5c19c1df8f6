"""The licence number of a tobacco retailer: 6 digits division code, 1 digit kind, 5 digits serial."""

from __future__ import annotations

from schemas.language import Localized, Rule, Severity
from schemas.language.context import context
from schemas.language.model import Column, Test, Verdict

FORMAT = Rule(
    "licence.format",
    Severity.ERROR,
    Localized("{label}“{value}”不是 12 位数字", "{label} “{value}” is not 12 digits"),
    Localized("对照许可证正本填写 12 位数字，如 {example}", "Copy the 12 digits from the licence, like {example}"),
    "13112310001",
)
DIVISION = Rule(
    "licence.division",
    Severity.WARNING,
    Localized("{label}“{value}”的前 6 位不是本县代码", "The first 6 digits of {label} “{value}” are not this county's"),
    Localized(
        "核对许可证；确为外县迁入可不改", "Compare with the licence; leave it if the shop moved in from elsewhere"
    ),
    "130102100018",
)
HOLDER = Rule(
    "licence.holder",
    Severity.WARNING,
    Localized(
        "{label}“{value}”的第 7 位不是 1（个体）或 2（企业或其他）",
        "Digit 7 of {label} “{value}” is neither 1 (individual) nor 2 (enterprise or other)",
    ),
    Localized("核对许可证第 7 位数字", "Compare digit 7 with the licence"),
    "131123900018",
)
_TWELVE = r"[0-9]{12}"


def licence_tests() -> list[Test]:
    """Return the checks of a licence number; the later ones are silent about a number of the wrong length."""
    return [Test(FORMAT, _twelve), Test(DIVISION, _ours), Test(HOLDER, _holder)]


def _twelve(column: Column) -> Verdict:
    return column.str.fullmatch(_TWELVE)


def _ours(column: Column) -> Verdict:
    import pandas as pd

    counties = {code[:6] for code in context().areas} or ({context().county} - {""})
    if not counties:
        return pd.Series(True, index=column.index)
    return column.str[:6].isin(counties) | ~_twelve(column)


def _holder(column: Column) -> Verdict:
    return column.str[6].isin(["1", "2"]) | ~_twelve(column)

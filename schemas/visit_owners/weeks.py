"""The weeks of a month that a plan names: they begin on Monday, and the first is that of the month's first working day (ours: the
manual asks for a plan by weeks and does not say how they are counted).
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Any

from schemas.language import Localized, Rule, Severity
from schemas.language.model import Declared, Test, row_rule
from schemas.language.workdays import workdays_of

WEEKS = Test(
    Rule(
        "visiting.weeks",
        Severity.ERROR,
        Localized("{label}“{value}”不是当月的周次", "{label} “{value}” names no weeks of a month"),
        Localized("只填 1 到 6，如 1、3", "Only 1 to 6, such as 1, 3"),
        "第一周和第七周",
    ),
    lambda column: column.map(lambda text: weeks_of(text) is not None),
)
TOO_LATE = Rule(
    "visiting.no_such_week",
    Severity.ERROR,
    Localized("{label}“{value}”超出了当月的周数", "{label} “{value}” names a week that the month does not have"),
    Localized(
        "第一个工作日所在的周是第一周，周一开始；照此核对周次",
        "The first week is that of the first working day, from Monday on: correct the weeks",
    ),
    "6",
)


def weeks_of(text: str) -> tuple[int, ...] | None:
    """Return the weeks of a month that *text* names, None when it names something else."""
    parts = re.split(r"[、,，;； ]+", text.replace("第", "").replace("周", "").strip())
    return tuple(map(int, parts)) if all(re.fullmatch("[1-6]", part) for part in parts) else None


def week_of(day: date) -> int:
    """Return the number of the week of its month to which *day* belongs, from 1; days before the first of it are of it, too."""
    first = workdays_of(day.strftime("%Y-%m"))[0]
    return max((day - first + timedelta(days=first.weekday())).days // 7 + 1, 1)


def in_the_month(month: str, weeks: str) -> Declared:
    """Return the row rule that the field *month* has all the weeks that the field *weeks* names."""

    def holds(cls: type, frame: Any) -> Any:
        def fits(row: Any) -> bool:
            named = weeks_of(str(row[weeks])) or ()
            if not named or not re.fullmatch("[0-9]{4}-[0-9]{2}", str(row[month])):
                return True
            year, number = map(int, str(row[month]).split("-"))
            return max(named) <= week_of(date(year, number, calendar.monthrange(year, number)[1]))

        return frame.apply(fits, axis=1, result_type="reduce").astype(bool)

    return row_rule(TOO_LATE, at=weeks)(holds)

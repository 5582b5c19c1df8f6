"""By when a stage is to be done, and when the program goes on by itself, as a cell says it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.definitions.drawn_functions import days_before, hours_after, is_time
from pipeline.definitions.lookup import PARAMETER, Lookup
from pipeline.definitions.mistakes import DefinitionCell, Mistakes
from pipeline.definitions.words import clauses
from schemas.language import Field, Kind, Localized
from schemas.language.parameters import Parameter, Settable
from schemas.language.work import YES, Derived

_COUNT = r"([0-9]{1,4}|[{｛].+?[}｝])"
_DAYS = re.compile(r"([0-9]{1,3})\s*(?:个?工作日|天|日|working days?|days?)?", re.IGNORECASE)
_HOURS = re.compile(
    rf"(?:(?:自|从)\s*(.+?)\s*(?:起|后)\s*)?{_COUNT}\s*(?:个?小时|hours?)(?:\s*[,，]?\s*(?:自|从|from)\s*(.+?)(?:起)?)?",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"(.+?)\s*前\s*{_COUNT}\s*(?:天|日)")
_BEFORE_EN = re.compile(rf"{_COUNT}\s*days? before\s+(.+)", re.IGNORECASE)
_BY = re.compile(r"(?:按|by)\s*(.+)", re.IGNORECASE)
_WORKDAY = re.compile(r"(?:次月)?第\s*([0-9]{1,2})\s*个?工作日|workday\s*([0-9]{1,2})", re.IGNORECASE)
_FIX = Localized(
    "写：3 天；24 小时 自 报修时间；按 到期日；到期日前 10 天；次月第 3 个工作日",
    "write: 3 days; 24 hours from a field; by a field; 10 days before a field; workday 3",
)
_DATED = frozenset({Kind.DATE, Kind.MOMENT})
_MOST_DAYS = 250


@dataclass(slots=True)
class DrawnDeadline:
    """What a cell says of when a stage is due."""

    days: int = 0
    due_by: str = ""
    by_workday: int = 0


@dataclass(slots=True)
class TimeReader:
    """Reads deadlines of one register; what the program has to work out for them gathers in ``derived``."""

    mistakes: Mistakes
    known: Lookup
    fields: Mapping[str, Field]
    parameters: Mapping[str, Parameter]
    derived: dict[str, Derived] = field(default_factory=dict)

    def deadline(self, cell: DefinitionCell) -> DrawnDeadline:
        """Return what *cell* says."""
        found = DrawnDeadline()
        for clause in clauses(cell.text):
            if match := _DAYS.fullmatch(clause):
                found.days = int(match[1])
                if found.days > _MOST_DAYS:
                    self._wrong(cell, clause)
            elif match := _WORKDAY.fullmatch(clause):
                found.by_workday = int(match[1] or match[2])
            elif (match := _HOURS.fullmatch(clause)) and (match[1] or match[3]):
                found.due_by = self._hours(cell, match[1] or match[3], match[2])
            elif match := _BEFORE.fullmatch(clause):
                found.due_by = self._before(cell, match[1], match[2])
            elif match := _BEFORE_EN.fullmatch(clause):
                found.due_by = self._before(cell, match[2], match[1])
            elif match := _BY.fullmatch(clause):
                found.due_by = self._day_field(cell, match[1])
            else:
                self._wrong(cell, clause)
        return found

    def reached(self, cell: DefinitionCell, clause: str) -> tuple[str, tuple[str, ...]] | None:
        """Return the condition that it is so many days before a day, where *clause* says that; None where it says something else."""
        match, match_en = _BEFORE.fullmatch(clause), _BEFORE_EN.fullmatch(clause)
        if not match and not match_en:
            return None
        name, count = (match[1], match[2]) if match else (match_en[2], match_en[1]) if match_en else ("", "")
        code, days = self._day_field(cell, name), self._count(cell, count)
        if code and days is not None:
            made, words = self._named("time", code, days)
            self.derived.setdefault(made, is_time(made, words, code, days))
            return made, (YES.code,)
        return "", ()

    def _hours(self, cell: DefinitionCell, name: str, count: str) -> str:
        code, hours = self._day_field(cell, name), self._count(cell, count)
        if not code or hours is None:
            return ""
        made = f"{code}_{_written(hours)}h"
        label, shown = self.fields[code].label, _shown(hours)
        words = Localized(f"{label.zh}后{shown.zh}小时", f"{shown.en} hours after {label.en}")
        self.derived.setdefault(made, hours_after(made, words, code, hours))
        return made

    def _before(self, cell: DefinitionCell, name: str, count: str) -> str:
        code, days = self._day_field(cell, name), self._count(cell, count)
        if not code or days is None:
            return ""
        made, words = self._named("day", code, days)
        self.derived.setdefault(made, days_before(made, words, code, days))
        return made

    def _named(self, what: str, code: str, days: Settable) -> tuple[str, Localized]:
        label, shown = self.fields[code].label, _shown(days)
        unit = "" if isinstance(days, Parameter) else "天"
        zh, en = f"{label.zh}前{shown.zh}{unit}", f"{shown.en} days before {label.en}"
        words = Localized(zh, en) if what == "day" else Localized(f"已到{zh}", f"Within {en}")
        return f"{code}_{_written(days)}d_{what}", words

    def _day_field(self, cell: DefinitionCell, name: str) -> str:
        code = self.known.named(cell, name.strip(), self.mistakes)
        if code and self.fields[code].kind not in _DATED:
            self.mistakes.at(
                cell,
                Localized(f"“{name}”不是日期", f"“{name}” is no day"),
                Localized("改为日期或时刻类型的栏目", "name a field that holds a day or a moment"),
            )
            return ""
        return code

    def _count(self, cell: DefinitionCell, text: str) -> Settable | None:
        if text.isdigit():
            return int(text)
        name = text.strip("{}｛｝ ")
        lookup = Lookup(PARAMETER)
        for each in self.parameters.values():
            lookup.add(each.code, each.words)
        code = lookup.named(cell, name, self.mistakes)
        return self.parameters[code] if code else None

    def _wrong(self, cell: DefinitionCell, clause: str) -> None:
        self.mistakes.at(cell, Localized(f"看不懂期限“{clause}”", f"the deadline “{clause}” is not understood"), _FIX)


def _written(count: Settable) -> str:
    return count.code if isinstance(count, Parameter) else str(count)


def _shown(count: Settable) -> Localized:
    return count.words if isinstance(count, Parameter) else Localized(str(count), str(count))

"""Days with more visits than a day can hold: ours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from schemas.language import Localized
from schemas.language.work import Parameter, RecordView, RegisterView, Seen

# fmt: off
MOST = Parameter("visit_day_most", Localized("一天拜访最多几小时", "Most hours of visits in a day"), 12, 1, 24)


def crowded_days(held: RegisterView, today: date) -> Iterator[Seen]:
    """Days with more hours of visits than a day can hold."""
    days: dict[tuple[str, str], list[RecordView]] = defaultdict(list)
    for each in held["visit_logs"].values():
        days[each.values["visited_by"], each.values["visit_began"][:10]].append(each)
    for (name, day), those in days.items():
        hours = sum(each.values["visit_hours"] for each in those)
        if hours > held.parameter(MOST.code):
            about: dict[str, str | Localized] = {"name": name, "day": day, "most": f"{held.parameter(MOST.code):g}"}
            for person in ("", name):  # who watches over it, and himself
                yield Seen(max(each.key for each in those), "visit_hours", f"{hours:g}", details=about, person=person)

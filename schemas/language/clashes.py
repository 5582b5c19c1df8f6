"""What cannot be at once: records that share somebody or something and lie over each other in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from schemas.language.work import RecordView

TimeSpan = tuple[datetime, datetime]


def clashing(
    records: Iterable[RecordView],
    span: Callable[[RecordView], TimeSpan | None],
    shared: Callable[[RecordView], Iterable[tuple[str, str]]],
) -> Iterator[tuple[RecordView, RecordView, tuple[tuple[str, str], ...]]]:
    """Yield each of *records* that begins before an earlier one that shares something with it is over: the later, the earlier,
    and what they share.

    *span* is when a record begins and ends, None where nobody knows; *shared* what it takes up, each by kind and name. Of
    several earlier ones the one that lasts longest is named.
    """
    taking: dict[tuple[str, str], list[tuple[TimeSpan, str, RecordView]]] = defaultdict(list)
    for each in records:
        when = span(each)
        if when is not None:
            for what in shared(each):
                taking[what].append((when, each.key, each))
    found: dict[tuple[str, str], tuple[RecordView, RecordView, list[tuple[str, str]]]] = {}
    for what, those in taking.items():
        ordered = sorted(those, key=lambda one: one[:2])
        longest = ordered[0]
        for one in ordered[1:]:
            if one[0][0] < longest[0][1]:
                pair = found.setdefault((one[1], longest[1]), (one[2], longest[2], []))
                pair[2].append(what)
            longest = max(longest, one, key=lambda each: each[0][1])
    for later, earlier, both in found.values():
        yield later, earlier, tuple(both)

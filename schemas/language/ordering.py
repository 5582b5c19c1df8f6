"""Days of one record held against those of another that it follows from: what cannot have been done by then is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from schemas.language.words import Localized
from schemas.language.work import RegisterView, Seen, Watch, warning


def before_foregoing(
    rule: str, of: tuple[str, str], foregoing: tuple[str, str, str], says: Localized, fix: Localized, role: str
) -> Watch:
    """Return the watch that tells *role* of records whose day lies before that of the record they follow from.

    *of* is their register and the field of their day; *foregoing* the field that names the other record, its register, the
    field of its day. *says* calls the two days ``value`` and ``since``, the other record ``other``. Where either day is blank
    nothing is told.
    """
    register, day = of
    reference, other, since = foregoing

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        for key, each in held[register].items():
            followed = held[other].get(str(each.get(reference)))
            done, begun = str(each.get(day) or "")[:10], str(followed.get(since) or "")[:10] if followed else ""
            if done and begun and done < begun:
                yield Seen(key, day, done, role, {"other": str(each.get(reference)), "since": begun})

    return warning(rule, says, fix, look)

"""A plain share of a group: 10 % of the 13 who attended a course are 2, however they came to be listed."""

from __future__ import annotations

import math
from datetime import date

from schemas.language.field import Field, Kind, Values
from schemas.language.parameters import Parameter, Settable
from schemas.language.words import Localized
from schemas.language.work import NO, YES, Derived, RegisterView, lot


def plain_share(code: str, words: Localized, register: str, key: str, group: str, percent: Settable) -> Derived:
    """Return the derived field *code* (``YES``, ``NO``): whether a record of *register*, of which *key* is the key, is among the
    *percent* drawn of all that hold the same in field *group*.

    Of a group at least its share is drawn and not one more; who has been drawn stays so when others come. Whoever comes is
    drawn by lot, which hangs on the key alone. Where every record of each value of a field is to be drawn from as they
    enter a state, see ``Draw``.
    """

    def look(values: Values, held: RegisterView, today: date) -> str | None:
        of, own = values.get(group), values.get(key)
        if not of or not own:
            return None
        share = held.parameter(percent.code) if isinstance(percent, Parameter) else percent
        those = held.holding(register, group, of)
        inside = {each.key for each in those if each.get(code) == YES.code}
        others = sorted((each.key for each in those if each.key not in inside), key=lambda each: lot(each, code))
        lacking = max(0, math.ceil(len(those) * share / 100) - len(inside))
        return (YES if own in inside or own in others[:lacking] else NO).code

    return Derived(Field(code, words, Kind.CHOICE, options=(YES, NO)), look=look)

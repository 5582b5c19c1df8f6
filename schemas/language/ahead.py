"""A task so many days before a day: 60 days before a contract ends it is on somebody's worklist."""

from __future__ import annotations

from datetime import date, timedelta

from schemas.language.field import Field, Kind, Values
from schemas.language.flow import Stage, State, Transition
from schemas.language.parameters import Parameter, Settable
from schemas.language.words import Localized
from schemas.language.work import NO, YES, Derived, RegisterView


def ahead_of(
    day: str, days: Settable, *, waiting: State, to: State, role: str, words: Localized
) -> tuple[Derived, Stage]:
    """Return what leads a record from *waiting* to *to* as soon as no more than *days* are left to the day in field *day*: the
    derived field ``<day>_near`` (called *words*, ``YES`` or ``NO``) for ``Register.derived``, and the program's own stage.

    Where the field is blank, or its day is put off, the record waits. *role* watches over it meanwhile.
    """
    code = f"{day}_near"

    def look(values: Values, held: RegisterView, today: date) -> str | None:
        on = str(values.get(day) or "")[:10]
        left = held.parameter(days.code) if isinstance(days, Parameter) else days
        return (YES if today >= date.fromisoformat(on) - timedelta(days=left) else NO).code if on else None

    stage = Stage(
        f"wait_for_{day}",
        words,
        role,
        state=waiting.code,
        transitions=(Transition(to.code, known=((code, (YES.code,)),)),),
    )
    return Derived(Field(code, words, Kind.CHOICE, options=(YES, NO)), look=look), stage

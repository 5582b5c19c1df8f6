"""How a record goes its way: states, the stages between them, and the transitions that a filled form takes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from schemas.language.field import Field
from schemas.language.words import NO_TEXT, Localized


@dataclass(frozen=True, slots=True)
class State:
    """Where a record stands between two stages."""

    code: str
    words: Localized
    final: bool = False
    """Nothing is left to do."""
    closed: bool = False
    """Nothing may be changed any more; what happened before is kept."""
    paused: bool = False
    """Deadlines stand still: nothing is to do, and a later move may lead back to the state before."""
    missed: bool = False
    """What was to be done was not, and nobody is asked for it any more (``Recurring.missed``); its sheet, where it comes after
    all, is taken.
    """


@dataclass(frozen=True, slots=True)
class LedAnew:
    """``field`` is filled by the program with the moment at which the sheet that began a record has led it another way: what was
    closed is open after all, somebody else is called. Deadlines in hours count from then (``durations.after_hours``).
    """

    field: Field
    raised: str = ""
    """Code of a field with options, the most urgent first: also where it comes to hold one that stands before the last."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One way out of a stage. The first whose ``when`` holds for the filled form is taken.

    ``when`` names fields of the stage's form, ``known`` fields of the record as it stood; each with the values that
    open this way. ``to`` is a state code, or "" when the step is refused: then ``why`` says so.
    """

    to: str
    when: tuple[tuple[str, tuple[str, ...]], ...] = ()
    known: tuple[tuple[str, tuple[str, ...]], ...] = ()
    back: bool = False
    """The record is sent back: the reason is shown on the next worklist."""
    calls: bool = False
    """Of a way ``back``: the reason calls somebody, or is gone on with; no work of his comes back, and none is counted as sent back."""
    stays: bool = False
    """The record remains where it stands: only what it holds changes. ``to`` is ""."""
    resumes: bool = False
    """The record goes back to where it stood before it was paused. ``to`` is ""."""
    by_itself: bool = False
    """In a stage with a form: the program leads the record on as soon as ``known`` holds, without the form."""
    why: Localized = NO_TEXT
    """``{field}`` in it is what the record holds there. Of a move that the program makes, ``back``, the reason that is shown."""


@dataclass(frozen=True, slots=True)
class Route:
    """The role that does a stage when each named field holds one of the given values."""

    role: str
    when: tuple[tuple[str, tuple[str, ...]], ...] = ()
    set_by: str = ""
    """Code of the parameter by which the office may choose another role (``Parameter.options``)."""


class Comparison(StrEnum):
    """How an answer of a step stands to what its record holds."""

    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    """Not less: the mileage at return beside that at departure."""
    NOT_BEFORE = "not_before"
    AFTER = "after"
    """Later, and not on the same day: the end of a renewed contract beside the present one."""
    ANOTHER = "another"
    """Somebody or something else."""
    SAME = "same"
    """The very thing: an answer that says that nothing has changed (``Against.when``) beside another value."""


@dataclass(frozen=True, slots=True)
class Against:
    """A step's answer in ``field`` is held against what its record holds in ``other``, by itself or worked out that day.

    Where either is blank nothing is held against anything.
    """

    field: str
    by: Comparison
    other: str
    when: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Only where fields of the form hold these values."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A form somebody fills, a role and a deadline in working days. A stage without a form is done by the program.

    A record waits in the program's own stage until one of the moves holds (their ``known``); with the first that does it
    is led on. ``role`` is then who watches over it.
    """

    code: str
    title: Localized
    role: str
    form: str = ""
    state: str = ""
    """The state in which a record waits for this stage; "" when the stage begins the procedure."""
    days: int = 0
    """Deadline in working days from entering ``state``; 0 is none."""
    transitions: tuple[Transition, ...] = ()
    task: Localized = NO_TEXT
    """What the reader of a worklist is asked to do."""
    due_by: str = ""
    """Code of a field that holds the day, or the moment, by which it has to be done, instead of ``days``; where the field is
    blank, or its day was over when the record came to the stage, ``days`` hold.
    """
    by_workday: int = 0
    """Due on this working day of the month after the one in the record's first ``Kind.MONTH`` field, instead of ``days``, which hold
    where that was over when the record came to the stage.
    """
    routes: tuple[Route, ...] = ()
    """The first that holds gives the role, else ``role``."""
    whom: str = ""
    """Code of a field that names the person who does it, by name or number; the role where it names nobody in force."""
    role_set_by: str = ""
    """Code of the parameter by which the office may choose another ``role`` (``Parameter.options``)."""
    spread: bool = False
    """Where several people have the role of an area that names none of them, whoever has least to do gets it; otherwise
    nobody, and that is a finding. What is no area's is shared in any case.
    """
    strict: bool = False
    """Only somebody of the role may do it: a form filled by another one is refused."""
    expects_role: bool = False
    """Of a stage that begins records: whoever fills it without the role is taken, and told, he and who watches over the register
    (one that is ``strict`` refuses him). Not where anybody of the office may be named: who asks for something, or met with it.
    """
    also_of: tuple[str, ...] = ()
    """Of a stage that ``expects_role``: further roles whose people fill it as well."""
    superior: str = ""
    """The role that does it where nobody of the stage's own role can, because it is his own or he is away, and no stand-in is
    named for him.
    """
    not_by: tuple[str, ...] = ()
    """Codes of fields that name people who may not do it: nobody approves what is his own."""
    rather_not_by: tuple[str, ...] = ()
    """Codes of fields that name people who get it only where nobody else has the role: a second look by somebody else, if there is one."""
    eve: bool = False
    """Whoever has it hears of it once more on the last working day before it is due: a day that must not be missed."""
    renews: tuple[str, ...] = ()
    """Codes of the record's fields that this step gives anew, as a later deadline: what it says of them contradicts nobody, and
    its worklist asks for them among its own questions.
    """
    tells: tuple[str, ...] = ()
    """Codes of fields that name people who are told what was decided, beside those of ``not_by``: a stand-in."""
    against: tuple[Against, ...] = ()
    """What its answers are held against; one that does not stand to it as it should keeps the step out."""
    ad_hoc: bool = False
    """May be taken in any state that is not closed. Its form tells of a deed: what it says is kept with the event,
    only what it changes is kept in the record.
    """
    decides: bool = False
    """A superior decides in it, though it bars nobody by ``not_by``: what waits for him, or has passed him, is his to end."""
    ends: bool = False
    """Ends a record for good (``ending``): whoever has to do with it is told, and what was decided, or lies with who is to
    decide it, is ended by the role that decides alone.
    """
    begins: str = ""
    """Of a stage that ``ends``: code of the field with the day, or moment, it takes place: once that is past only its own role may, not whoever
    has the record.
    """
    owed: bool = False
    """Of a stage that ``ends``: what somebody owes, a duty or a plan, only its own role may end, not whoever has the record."""
    open_until: str = ""
    """Code of a field, a day or moment: up to it what the step has said may be said again, as long as it has led on to nothing
    else: a plan until the meeting it is for.
    """
    open_in: tuple[str, ...] = ()
    """States, further on, in which what the step has said may still be put right by its own sheet: only what it says changes, none
    of the answers by which the way was chosen, and the record stays where it stands.
    """
    between: tuple[str, ...] = ()
    """Further states in which it may be taken, where the day on which it was done is later than the last one's: whoever looks in
    between two rounds has looked.
    """
    anew: bool = False
    """Where its record was sent back, it has to say something else than what was sent back: who has signed and when is no answer
    to that. Not for a deed that is simply done again.
    """
    keeps_days: str = ""
    """Code of a field in which the record keeps the days of all rounds of a step that is done again and again: a round from before
    the last one, written down later, adds its day there, and changes nothing else.
    """
    on_site: bool = False
    """Is done where the customer is: its records come as sheets of paper, too, one a page, to be written on there."""

    @property
    def waits(self) -> bool:
        """Whether the program itself goes on as soon as it may: nobody has to have the record meanwhile."""
        return not self.form and bool(self.transitions) and all(transition.known for transition in self.transitions)

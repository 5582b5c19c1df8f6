"""States and stages → their rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pipeline.definitions.compile_stages import AGAINST_WORDS
from pipeline.definitions.compile_states import OPEN
from pipeline.definitions.definition_workbook import RowCells
from pipeline.definitions.drawn_functions import DaysBefore, HoursAfter, IsTime, drawn_function
from pipeline.definitions.lookup import Lookup, field_lookup, fields_of
from pipeline.definitions.words import NATURES, STAGE_FLAGS, WAY_FLAGS
from pipeline.definitions.write_fields import cell_of, conditions_text
from schemas.language import Against, Form, Register, Stage, State, Transition
from schemas.language.parameters import Parameter, Settable


@dataclass(slots=True)
class StageWriter:
    """Writes the stages of *register*; ``drawn`` are the codes of fields that deadlines and waits say again."""

    register: Register
    known: Lookup
    roles: Lookup
    drawn: set[str] = field(default_factory=set)
    _times: dict[str, str] = field(default_factory=dict)
    _states: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Say in words what the program works out for deadlines."""
        words = [each.words.zh for each in self.register.states]
        self._states = {
            each.code: each.words.zh if words.count(each.words.zh) == 1 else each.code for each in self.register.states
        }
        for each in self.register.derived:
            function = drawn_function(each.look or each.set_by)
            text = ""
            if isinstance(function, DaysBefore | IsTime):
                text = f"{self.known.name_of(function.field)}前 {_count(function.days)} 天"
            elif isinstance(function, HoursAfter):
                text = f"{_count(function.hours)} 小时 自 {self.known.name_of(function.field)}"
            if text:
                self._times[each.field.code] = text
                self.drawn.add(each.field.code)

    def nature(self, state: State) -> str:
        """Return how *state* is described: whether all is done in it."""
        said = [words.zh for name, words in NATURES.items() if getattr(state, name)]
        is_left = any(stage.state == state.code for stage in self.register.stages)
        return "、".join(said) or ("" if is_left else OPEN)

    def rows(self) -> Iterator[RowCells]:
        """Yield the rows: the first of a stage says all, the others its further ways."""
        forms = {form.code: form for form in self.register.forms}
        for stage in self.register.stages:
            form = forms.get(stage.form)
            ways = stage.transitions or (Transition(""),)
            yield self._first(stage, form) | self._way(ways[0], form, self._flags(stage))
            for way in ways[1:]:
                yield self._way(way, form, [])

    def _flags(self, stage: Stage) -> list[str]:
        return [words.zh for name, words in STAGE_FLAGS.items() if getattr(stage, name)]

    def _first(self, stage: Stage, form: Form | None) -> dict[str, str]:
        return {
            "stage": stage.title.zh,
            "en": stage.title.en,
            "code": stage.code,
            "form": form.title.zh if form else "",
            "role": self.roles.name_of(stage.role),
            "from": self._states.get(stage.state, stage.state),
            "deadline": "；".join(self._deadline(stage)),
            "not_by": cell_of(map(self.known.name_of, stage.not_by)),
            "whom": self.known.name_of(stage.whom) if stage.whom else "",
            "superior": self.roles.name_of(stage.superior) if stage.superior else "",
            "tells": cell_of(map(self.known.name_of, stage.tells)),
            "begins": self.known.name_of(stage.begins) if stage.begins else "",
            "open_until": self.known.name_of(stage.open_until) if stage.open_until else "",
            "renews": cell_of(map(self.known.name_of, stage.renews)),
            "against": "\n".join(map(self._against, stage.against)),
            "task": stage.task.zh,
            "task_en": stage.task.en,
        }

    def _way(self, way: Transition, form: Form | None, flags: Iterable[str]) -> dict[str, str]:
        more = [*flags, *(words.zh for name, words in WAY_FLAGS.items() if getattr(way, name))]
        own = field_lookup(form.fields) if form else self.known
        return {
            "answer": conditions_text(way.when, own, form.fields if form else ()),
            "known": "；".join(self._known(code, answers) for code, answers in way.known),
            "to": self._states.get(way.to, way.to),
            "back": "是" if way.back else "",
            "why": way.why.zh,
            "why_en": way.why.en,
            "more": "、".join(more),
        }

    def _known(self, code: str, answers: tuple[str, ...]) -> str:
        if code in self._times:
            return self._times[code]
        return conditions_text([(code, answers)], self.known, reversed(fields_of(self.register)))

    def _deadline(self, stage: Stage) -> Iterator[str]:
        if stage.due_by:
            yield self._times.get(stage.due_by) or f"按 {self.known.name_of(stage.due_by)}"
        if stage.by_workday:
            yield f"次月第 {stage.by_workday} 个工作日"
        if stage.days:
            yield f"{stage.days} 天"

    def _against(self, each: Against) -> str:
        names = self.known.name_of(each.field), self.known.name_of(each.other)
        text = f"{names[0]} {AGAINST_WORDS[each.by].zh} {names[1]}"
        when = conditions_text(each.when, self.known, reversed(fields_of(self.register))).replace("；", " 且 ")
        return f"{text} 当 {when}" if when else text


def _count(count: Settable) -> str:
    return f"{{{count.words.zh}}}" if isinstance(count, Parameter) else str(count)

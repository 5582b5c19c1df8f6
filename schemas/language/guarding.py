"""What a declaration computes may break while a run is under way: that is told of its procedure, and stops no other.

Every function of a declaration is guarded where the procedures are read (``guarded``), and every rule of a form where it is declared:
the one seam through which the machinery calls them. Inside ``watching`` a failure is noted, and the function answers with what does
the least harm; elsewhere it is raised, as Python does.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import wraps
from pathlib import Path
from typing import Any, TypeAlias

import schemas
from schemas.language.register import Procedure, Register
from schemas.language.words import Localized
from schemas.language.work import CreatedRecord, Derived, Seen, Watch

Function: TypeAlias = Callable[..., Any]

NOT_COUNTED = Localized(
    "没有统计出来：流程的声明运行时出错，已请管理员改正",
    "not counted: the procedure's declaration failed, the administrator has been asked",
)
"""Stands in the first cell of a statistic that failed."""

FORM = Localized("表单", "the form")
RULE = Localized("核对规则", "the rule")
DERIVED = Localized("派生栏", "the derived field")
NUMBER = Localized("编号", "the number of")
OPENS = Localized("由程序建立的记录", "the records opened in")
DUTY = Localized("定期任务", "the duty of")
WATCH = Localized("提醒", "the watch")
STATISTIC = Localized("统计表", "the statistic")
OUTLOOK = Localized("本期还差", "the outlook")


@dataclass(frozen=True, slots=True)
class GuardedPart:
    """What is guarded: ``what`` of the program's kinds, called ``name``, in ``register`` or of a ``form``."""

    what: Localized
    name: Localized
    register: str = ""
    form: str = ""

    @property
    def code(self) -> str:
        """What tells it from all others."""
        return "/".join((self.register or self.form, self.what.en, self.name.en))


@dataclass(frozen=True, slots=True)
class Failure:
    """A declaration that failed at ``line`` of ``path``, and what Python ``said``."""

    place: GuardedPart
    path: str
    line: int
    said: str


@dataclass(slots=True)
class Watching:
    """What has failed so far, by place, and what was tried at all."""

    failures: dict[str, Failure] = field(default_factory=dict)
    tried: set[str] = field(default_factory=set)

    def failed(self, place: GuardedPart, error: Exception, function: Function) -> None:
        """Note that *function*, which is declared at *place*, has raised *error*: the first time tells enough."""
        if place.code not in self.failures:
            self.failures[place.code] = _failure(place, error, function)


_WATCHING: ContextVar[Watching | None] = ContextVar("watching", default=None)
_FORM: ContextVar[str] = ContextVar("form", default="")


@contextmanager
def watching() -> Iterator[Watching]:
    """Let failures of declarations inside be noted and not raised."""
    held = Watching()
    token = _WATCHING.set(held)
    try:
        yield held
    finally:
        _WATCHING.reset(token)


@contextmanager
def judging_form(code: str) -> Iterator[None]:
    """Let what a rule says inside be of the form *code*: a rule does not know which forms it is declared in."""
    token = _FORM.set(code)
    try:
        yield
    finally:
        _FORM.reset(token)


def has_failed(rule: str) -> bool:
    """Tell whether the *rule* (``code`` or ``code@field``) of the form that is judged now has failed."""
    held = _WATCHING.get()
    return held is not None and _of_rule(rule).code in held.failures


def watch_has_failed(register: Register, watch: Watch) -> bool:
    """Tell whether that *watch* of *register* has failed."""
    held = _WATCHING.get()
    return held is not None and GuardedPart(WATCH, _named(watch.rule.code), register.code).code in held.failures


def attempt(
    place: GuardedPart, function: Function, *given: Any, otherwise: Function, takes: Function = lambda found: found
) -> Any:
    """Return what *function* says of what is *given*, as *takes* takes it; where that fails, what *otherwise* says."""
    held = _WATCHING.get()
    if held is None:
        return takes(function(*given))
    held.tried.add(place.code)
    try:
        return takes(function(*given))
    except Exception as error:  # whatever an office has written there
        held.failed(place, error, function)
        return otherwise(*given)


def guard(
    place: GuardedPart, function: Function, otherwise: Function, takes: Function = lambda found: found
) -> Function:
    """Return *function* so that it is always called by ``attempt``."""

    def call(*given: Any) -> Any:
        return attempt(place, function, *given, otherwise=otherwise, takes=takes)

    return wraps(function)(call)


def guard_rule(rule: str, function: Function, otherwise: Function, takes: Function) -> Function:
    """Return the check of a *rule* guarded; its last argument is what it judges."""

    def call(*given: Any) -> Any:
        return attempt(_of_rule(rule), function, *given, otherwise=otherwise, takes=takes)

    return wraps(function)(call)


def guarded(procedure: Procedure) -> Procedure:
    """Return *procedure* with every function that its registers declare guarded."""
    return replace(procedure, registers=tuple(map(_guarded, procedure.registers)))


def _guarded(register: Register) -> Register:
    code, title = register.code, register.title

    def of(what: Localized, name: Localized = title) -> GuardedPart:
        return GuardedPart(what, name, code)

    def nothing(*_: object) -> list[Any]:
        return []

    return replace(
        register,
        derived=tuple(_derived(each, of(DERIVED, each.field.label)) for each in register.derived),
        opens=tuple(
            replace(each, find=guard(of(OPENS), each.find, nothing, _all_of(CreatedRecord))) for each in register.opens
        ),
        watches=tuple(
            replace(each, look=guard(of(WATCH, _named(each.rule.code)), each.look, nothing, _all_of(Seen)))
            for each in register.watches
        ),
        statistics=tuple(
            replace(
                each,
                rows=guard(
                    of(STATISTIC, each.title),
                    each.rows,
                    _not_counted(len(each.measures)),
                    _rows_of(len(each.measures)),
                ),
            )
            for each in register.statistics
        ),
        outlooks=tuple(
            replace(each, owed=guard(of(OUTLOOK, each.title), each.owed, nothing, list)) for each in register.outlooks
        ),
    )


def _derived(derived: Derived, place: GuardedPart) -> Derived:
    """A field that cannot be computed keeps what it held."""

    def as_it_was(values: Mapping[str, Any], *_: object) -> Any:
        return values.get(derived.field.code)

    def guard_this(function: Function) -> Function:
        return guard(place, function, as_it_was, _stored)

    return replace(
        derived,
        compute=guard_this(derived.compute),
        look=guard_this(derived.look) if derived.look else None,
        set_by=guard(place, derived.set_by, lambda *_: as_it_was, guard_this) if derived.set_by else None,
    )


def _stored(found: Any) -> Any:
    if found is not None and not isinstance(found, str | int | float):
        raise TypeError(f"a stored value is a text, a number or None, not {type(found).__name__}")
    return found


def _all_of(kind: type) -> Function:
    def takes(found: Any) -> list[Any]:
        listed = list(found)
        strange = next((each for each in listed if not isinstance(each, kind)), None)
        if strange is not None:
            raise TypeError(f"{kind.__name__} is expected, not {type(strange).__name__}")
        return listed

    return takes


def _rows_of(measures: int) -> Function:
    def takes(found: Any) -> list[list[Any]]:
        rows = [list(row) for row in found]
        if any(len(row) != measures + 1 for row in rows):
            raise ValueError(f"a row of this statistic has a name and {measures} values")
        return rows

    return takes


def _not_counted(measures: int) -> Function:
    return lambda *_: [[NOT_COUNTED, *([None] * measures)]]


def _named(code: str) -> Localized:
    return Localized(code, code)


def _of_rule(rule: str) -> GuardedPart:
    return GuardedPart(RULE, _named(rule.partition("@")[0]), form=_FORM.get())


def _failure(place: GuardedPart, error: Exception, function: Function) -> Failure:
    """Return where *error* came from: the last line of a declaration on its way, else the first of the *function*."""
    folders = tuple(schemas.__path__)
    path, line = _declared_at(error, folders)
    code = getattr(function, "__code__", None)
    if not path and code is not None and code.co_filename.startswith(folders):
        path, line = code.co_filename, code.co_firstlineno
    return Failure(place, path, line, f"{type(error).__name__}: {error}")


def _declared_at(error: Exception, folders: tuple[str, ...]) -> tuple[str, int]:
    language = Path(__file__).parent
    frames = [
        (frame.filename, frame.lineno or 0)
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.startswith(folders) and not Path(frame.filename).is_relative_to(language)
    ]
    return frames[-1] if frames else ("", 0)

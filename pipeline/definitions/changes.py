"""What a version of a drawn procedure changes beside the one in force: in lines for whoever is to approve of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields as attributes
from typing import Any, TypeVar

from schemas.language import Field, Form, Localized, Procedure, Register, Stage, State

CountRecords = Callable[[str, str], int]
"""How many records of a register, by its code, stand in a state."""
Coded = TypeVar("Coded", Field, Form, Register, Stage, State)

_NEW = Localized("新的流程：{what}", "A new procedure: {what}")
_NOTHING = Localized("和正在用的一样，没有改动", "The same as the one in force")
_OTHERWISE = Localized("其他细节有改动", "Some detail is changed")
_OF_FIELD = {
    "label": Localized("名称", "label"), "kind": Localized("类型", "kind"), "required": Localized("必填", "required"),
    "required_when": Localized("何时必填", "required when"), "options": Localized("选项", "options"),
    "means": Localized("含义", "meaning"), "rules": Localized("规则", "rules"), "private": Localized("保密", "private"),
    "names": Localized("所指台账", "what it names"), "key": Localized("主编号", "key"),
}  # fmt: skip
_OF_STAGE = {
    "title": Localized("名称", "title"), "role": Localized("岗位", "role"), "form": Localized("表单", "form"),
    "state": Localized("从状态", "from state"), "days": Localized("期限", "deadline"), "due_by": Localized("期限", "deadline"),
    "by_workday": Localized("期限", "deadline"), "transitions": Localized("答复和去向", "answers and where they lead"),
    "not_by": Localized("本人不得办", "who may not"), "whom": Localized("指定人", "whom"), "strict": Localized("限本岗位", "strict"),
    "superior": Localized("代办岗位", "superior"), "tells": Localized("告知", "who is told"), "renews": Localized("重定", "renews"),
    "open_until": Localized("可改到", "open until"),
    "against": Localized("核对", "held against"), "task": Localized("任务", "task"),
}  # fmt: skip
_OF_REGISTER = {
    "title": Localized("名称", "title"), "numbered": Localized("编号规则", "numbering"),
    "manager": Localized("负责岗位", "manager"), "count_by": Localized("按栏计数", "counted by"),
    "refers": Localized("引用", "references"), "recurs": Localized("定期任务", "recurring duties"),
}  # fmt: skip
_ELSE = Localized("其他", "something else")


def changes_between(before: Procedure | None, after: Procedure, count: CountRecords) -> Sequence[Localized]:
    """Return what *after* changes beside *before* (None: there is none), a line each; never nothing.

    *count* tells how many records on their way are touched.
    """
    if before is None:
        stages = [stage.title for register in after.registers for stage in register.stages]
        forms = [form.title for register in after.registers for form in register.forms]
        return [
            _NEW.filled(what=after.title),
            Localized(
                f"表单：{'、'.join(each.zh for each in forms)}", f"forms: {', '.join(each.en for each in forms)}"
            ),
            Localized(
                f"环节：{'、'.join(each.zh for each in stages)}", f"stages: {', '.join(each.en for each in stages)}"
            ),
        ]
    lines = list(_of_procedure(before, after, count))
    if lines:
        return lines
    return [_NOTHING if _plain(before) == _plain(after) else _OTHERWISE]


def _of_procedure(before: Procedure, after: Procedure, count: CountRecords) -> Iterator[Localized]:
    if before.title != after.title:
        yield Localized(f"改名：{before.title.zh} → {after.title.zh}", f"renamed: {before.title.en} → {after.title.en}")
    roles, now = ({each.code: each.words for each in one.roles} for one in (before, after))
    yield from _came_and_went(Localized("岗位", "role"), roles, now)
    numbers, set_now = ({each.code: each for each in one.parameters} for one in (before, after))
    for code in numbers.keys() | set_now.keys():
        old, new = ((one[code].value if code in one else Localized("（没有）", "(none)")) for one in (numbers, set_now))
        if old != new:
            words = (set_now.get(code) or numbers[code]).words
            line = Localized("参数“{name}”：{old} → {new}", "parameter “{name}”: {old} → {new}")
            yield line.filled(name=words, old=old, new=new)
    yield from _parts(Localized("台账", "register"), before.registers, after.registers)
    for one, other in _both(before.registers, after.registers):
        yield from _of_register(one, other, count)
    for register in _only(before.registers, after.registers):
        yield from _gone_states(register, register.states, count)


def _of_register(before: Register, after: Register, count: CountRecords) -> Iterator[Localized]:
    yield from _changed(Localized("台账", "register"), before.title, before, after, _OF_REGISTER, only_named=True)
    yield from _parts(Localized("表单", "form"), before.forms, after.forms)
    for one, other in _both(before.forms, after.forms):
        yield from _of_form(one, other)
    yield from _parts(Localized("环节", "stage"), before.stages, after.stages)
    for old, new in _both(before.stages, after.stages):
        for line in _changed(Localized("环节", "stage"), new.title, old, new, _OF_STAGE):
            waiting = count(before.code, old.state) if old.state else 0
            yield _with_waiting(line, waiting)
    now = {each.code: each.words for each in after.states}
    came = [each for each in after.states if each.code not in {one.code for one in before.states}]
    for state in came:
        yield Localized(f"＋状态“{state.words.zh}”", f"+ state “{state.words.en}”")
    yield from _gone_states(before, [each for each in before.states if each.code not in now], count)
    told, tell = ({each.code: each.title for each in one.statistics} for one in (before, after))
    yield from _came_and_went(Localized("统计", "statistic"), told, tell)


def _of_form(before: Form, after: Form) -> Iterator[Localized]:
    if before.title != after.title:
        yield Localized(
            f"表单改名：{before.title.zh} → {after.title.zh}", f"form renamed: {before.title.en} → {after.title.en}"
        )
    yield from _parts(Localized("栏目", "field"), before.fields, after.fields, of=after.title)
    for one, other in _both(before.fields, after.fields):
        yield from _changed(Localized("栏目", "field"), other.label, one, other, _OF_FIELD, of=after.title)
    if before.model != after.model and before.fields == after.fields:
        yield Localized(f"表单“{after.title.zh}”的规则改了", f"the rules of the form “{after.title.en}” are changed")


def _gone_states(register: Register, states: Iterable[State], count: CountRecords) -> Iterator[Localized]:
    for state in states:
        waiting = count(register.code, state.code)
        yield _with_waiting(Localized(f"－状态“{state.words.zh}”", f"- state “{state.words.en}”"), waiting)


def _with_waiting(line: Localized, waiting: int) -> Localized:
    if not waiting:
        return line
    return Localized(f"{line.zh}（现有 {waiting} 条记录在这里）", f"{line.en} ({waiting} records are there)")


def _changed(
    what: Localized,
    title: Localized,
    before: object,
    after: object,
    named: Mapping[str, Localized],
    *,
    of: Localized | None = None,
    only_named: bool = False,
) -> Iterator[Localized]:
    """Yield one line that names what of a part is not as before; of what has no word of its own that there is something."""
    differ = [each.name for each in attributes(before) if each.compare]  # type: ignore[arg-type]
    differ = [name for name in differ if getattr(before, name) != getattr(after, name)]
    words = list(dict.fromkeys(named.get(name, _ELSE) for name in differ if name in named or not only_named))
    if words:
        where = Localized(f"（{of.zh}）", f" ({of.en})") if of else Localized("", "")
        yield Localized(
            f"{what.zh}“{title.zh}”{where.zh}改了：{'、'.join(each.zh for each in words)}",
            f"{what.en} “{title.en}”{where.en} changed: {', '.join(each.en for each in words)}",
        )


def _parts(
    what: Localized, before: Sequence[Coded], after: Sequence[Coded], *, of: Localized | None = None
) -> Iterator[Localized]:
    yield from _came_and_went(
        what, {each.code: _title(each) for each in before}, {each.code: _title(each) for each in after}, of
    )


def _came_and_went(
    what: Localized, before: Mapping[str, Localized], after: Mapping[str, Localized], of: Localized | None = None
) -> Iterator[Localized]:
    where = Localized(f"（{of.zh}）", f" ({of.en})") if of else Localized("", "")
    for code, words in after.items():
        if code not in before:
            yield Localized(f"＋{what.zh}“{words.zh}”{where.zh}", f"+ {what.en} “{words.en}”{where.en}")
    for code, words in before.items():
        if code not in after:
            yield Localized(f"－{what.zh}“{words.zh}”{where.zh}", f"- {what.en} “{words.en}”{where.en}")


def _both(before: Sequence[Coded], after: Sequence[Coded]) -> Iterator[tuple[Coded, Coded]]:
    held = {each.code: each for each in before}
    return ((held[each.code], each) for each in after if each.code in held)


def _only(before: Sequence[Coded], after: Sequence[Coded]) -> list[Coded]:
    now = {each.code for each in after}
    return [each for each in before if each.code not in now]


def _title(part: Any) -> Localized:
    """Return what a part is called, whichever of the three names the wording has in its declaration."""
    found: Localized = getattr(part, "title", None) or getattr(part, "label", None) or part.words
    return found


def _plain(procedure: Procedure) -> object:
    """Return of *procedure* what can be compared: a function made anew is no other procedure."""
    return [
        (each.code, each.title, each.forms, each.states, each.stages, each.numbered, each.count_by, each.manager)
        for each in procedure.registers
    ]

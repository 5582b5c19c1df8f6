"""A declaration that is damaged in one place is told of that place: each damage is of a kind that an office would make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from schemas.language import Catalogue, Form, Localized, Option, Procedure, Register, Stage, State, Transition
from schemas.language.catalogue import declared_procedures, load_catalogue
from schemas.language.declaration_faults import faults

LEAVE = next(each for each in declared_procedures() if each.code == "leave")
(LEAVES,) = LEAVE.registers
DECIDE = next(each for each in LEAVES.stages if each.code == "decide_leave")
Damage = Callable[[], Register]


def with_register(**changes: object) -> Register:
    return replace(LEAVES, **changes)  # type: ignore[arg-type]


def with_stage(code: str, **changes: object) -> Register:
    stages = tuple(replace(each, **changes) if each.code == code else each for each in LEAVES.stages)  # type: ignore[arg-type]
    return replace(LEAVES, stages=stages)


def with_field(form: str, code: str, **changes: object) -> Register:
    def changed(each: Form) -> Form:
        fields = tuple(replace(one, **changes) if one.code == code else one for one in each.fields)  # type: ignore[arg-type]
        return replace(each, fields=fields) if each.code == form else each

    return replace(LEAVES, forms=tuple(map(changed, LEAVES.forms)))


def told(register: Register, **procedure: object) -> list[str]:
    rest = tuple(each for each in load_catalogue().procedures if each.code != "leave")
    damaged: Procedure = replace(LEAVE, registers=(register,), **procedure)  # type: ignore[arg-type]
    return [f"{each.what.zh}：{each.fix.zh}" for each in faults(Catalogue((*rest, damaged)))]


def decision(*options: Option) -> Register:
    return with_field("leave_decision", "leave_decision", options=options)


YES, NO = Option("approved", Localized("同意", "Approved")), Option("returned", Localized("退回", "Returned"))


def test_ours_are_declared_right() -> None:
    assert faults(load_catalogue()) == []


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda: with_stage("decide_leave", state="leave_nowhere"), "没有状态“leave_nowhere”：改为："),
        (lambda: with_stage("decide_leave", transitions=(Transition("gone"),)), "没有状态“gone”：改为："),
        (lambda: with_stage("decide_leave", form="leave_answer"), "没有表单“leave_answer”：改为：leave_decision、"),
        (lambda: with_stage("decide_leave", role="boss"), "没有岗位“boss”：改为："),
        (lambda: with_stage("decide_leave", superior="boss"), "没有岗位“boss”：改为："),
        (lambda: with_stage("decide_leave", not_by=("person",)), "没有台账“leaves”的栏目“person”：改为："),
        (lambda: with_stage("decide_leave", tells=("person",)), "没有台账“leaves”的栏目“person”：改为："),
        (lambda: with_stage("decide_leave", due_by="until"), "没有台账“leaves”的栏目“until”：改为："),
        (lambda: with_stage("hand_slip_in", whom="person"), "没有台账“leaves”的栏目“person”：改为："),
        (
            lambda: with_stage("decide_leave", transitions=(Transition("leave_allowed", when=(("answer", ("yes",)),)),)),
            "没有表单“leave_decision”的栏目“answer”：改为：",
        ),
        (
            lambda: with_stage(
                "decide_leave", transitions=(Transition("leave_allowed", when=(("leave_decision", ("yes",)),)),)
            ),
            "没有“leave_decision”的选项“yes”：改为：approved、returned",
        ),
        (
            lambda: with_stage("sort_leave", transitions=(Transition("leave_granted", known=(("leave_way", ("by_post",)),)),)),
            "没有“leave_way”的选项“by_post”：改为：",
        ),
        (lambda: with_register(manager="boss"), "没有岗位“boss”：改为："),
        (lambda: with_register(count_by=("why",)), "没有台账“leaves”的栏目“why”：改为："),
        (
            lambda: with_register(numbered=replace(LEAVES.numbered, same=("person",))),  # type: ignore[type-var]
            "没有台账“leaves”的栏目“person”：改为：",
        ),
        (
            lambda: with_register(sealed=replace(LEAVES.sealed, reopens="nowhere")),  # type: ignore[type-var]
            "没有状态“nowhere”：改为：",
        ),
        (
            lambda: with_register(sealed=replace(LEAVES.sealed, register="nowhere")),  # type: ignore[type-var]
            "没有台账“nowhere”：改为：",
        ),
        (
            lambda: with_field("leave_request", "leave_stand_in", required_when=(("leave_matter", ("yes",)),)),
            "没有栏目“leave_matter”：改为：",
        ),
        (
            lambda: with_field("leave_request", "leave_stand_in", required_when=(("leave_matters", ("true",)),)),
            "没有“leave_matters”的选项“true”：改为：no、yes",
        ),
        (
            lambda: with_field("leave_request", "leave_stand_in", label=Localized("请假人", "Someone")),
            "表单“leave_request”有 2 栏都叫“请假人”：各栏名称要不同",
        ),
        (lambda: decision(replace(YES, words=Localized("同意", "")), NO), "“approved”没有写英文：补上英文"),
        (lambda: decision(YES, replace(NO, words=Localized("同意", "Returned"))), "“leave_decision”有 2 个选项都叫“同意”：各选项的名称要不同"),
        (lambda: with_register(title=Localized("", "Leave")), "“leaves”没有写中文：补上中文"),
        (
            lambda: with_register(states=(*LEAVES.states, State("leave_odd", Localized("奇怪", "Odd")))),
            "没有环节通到状态“leave_odd”：在某个环节写明怎样到这里，或删去这个状态",
        ),
        (lambda: replace(LEAVES, code="meetings"), "台账代码“meetings”用了 2 次：换一个没有用过的"),
    ],
)  # fmt: skip
def test_each_damage_is_told_at_its_place_with_what_to_write(damage: Damage, said: str) -> None:
    assert any(each.startswith(said) for each in told(damage())), told(damage())


def test_a_procedure_that_goes_on_in_one_that_is_not_there_is_told() -> None:
    assert any(each.startswith("没有流程“leaves”：改为：") for each in told(LEAVES, goes_on_in=("leaves",)))


def test_out_of_a_circle_nothing_ends() -> None:
    def stage(code: str, state: str, to: str) -> Stage:
        return Stage(
            code,
            Localized(code, code),
            DECIDE.role,
            DECIDE.form if state else "leave_request",
            state,
            transitions=(Transition(to),),
        )

    states = (State("one", Localized("甲", "One")), State("two", Localized("乙", "Two")))
    stages = (stage("begin", "", "one"), stage("go", "one", "two"), stage("back", "two", "one"))
    circle = replace(LEAVES, states=states, stages=stages, sealed=None, numbered=replace(LEAVES.numbered, over=()))  # type: ignore[type-var]
    assert [each for each in told(circle) if "办不完" in each] == [
        "从状态“one”出发办不完：让某个答复通到办结的状态",
        "从状态“two”出发办不完：让某个答复通到办结的状态",
    ]


def test_a_form_without_the_number_of_its_register_is_told_also_where_it_is_the_first() -> None:
    for form in ("leave_request", "leave_slip"):
        keyless = with_field(form, "leave_no", key=False)
        assert f"表单“{form}”没有台账“leaves”的编号栏：加上编号栏" in told(keyless)

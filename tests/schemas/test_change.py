"""What the sheet of changes promises its reader."""

from __future__ import annotations

from schemas.language import FieldRole
from schemas.language.catalogue import load_catalogue

CUSTOMERS = load_catalogue().register("customers")
FORM = load_catalogue().form("change_sheet")


def test_the_sheet_has_the_columns_of_the_manual_in_their_order() -> None:
    labels = [field.label.zh for field in FORM]
    assert labels == ["许可证号", "变更类型", "变更项目", "变更后内容", "生效日期", "原因", "经办人"]
    kind = FORM.field("change_kind")
    assert [option.words.zh for option in kind.options] == ["变更", "停业", "恢复营业", "注销"]


def test_what_a_change_says_of_itself_is_no_column_of_the_customers() -> None:
    columns = {field.code for field in CUSTOMERS.fields}

    assert columns & {field.code for field in FORM} == {CUSTOMERS.key.code}
    assert CUSTOMERS.field("change_reason").label.zh == "原因"  # yet the history can name it
    assert CUSTOMERS.meaning(FieldRole.ITEM) is None


def test_every_kind_of_change_has_one_way_and_only_closed_states_have_none() -> None:
    stage = CUSTOMERS.stage_of("change_sheet")
    assert stage is not None and stage.ad_hoc
    kinds = [value for move in stage.transitions for code, values in move.when for value in values]
    assert sorted(kinds) == sorted(option.code for option in FORM.field("change_kind").options)
    assert {state.words.zh for state in CUSTOMERS.states if state.closed} == {"已注销", "已换证"}
    assert all(state.final for state in CUSTOMERS.states if state.closed)
    assert [state.words.zh for state in CUSTOMERS.states if state.paused] == ["停业"]


def test_links_between_customers_are_filled_by_the_program_alone() -> None:
    renewal, transfer = CUSTOMERS.renewal, CUSTOMERS.transfer
    assert renewal is not None and transfer is not None
    asked = {field.code for form in CUSTOMERS.forms for field in form}

    assert not {renewal.previous.code, renewal.following.code, transfer.day.code} & asked
    assert {renewal.previous, renewal.following, transfer.day} <= set(CUSTOMERS.computed)

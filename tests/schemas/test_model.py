"""A form model names its form in its class line; models may have fields in common."""

from __future__ import annotations

import pytest

from schemas.language import Kind
from schemas.language.model import FormModel, Text, describe, field, form


class OfLoan(FormModel):
    loan_no: Text = field("借用编号", "Loan No", kind=Kind.CODE, key=True)


class Loan(OfLoan, form=form("loan", "借用登记表", "Loan")):
    borrower: Text = field("借用人", "Borrower")


class Return(OfLoan, form=form("return", "归还登记表", "Return", titles=("归还单",))):
    returned_by: Text = field("归还人", "Returned by")


class Bare(FormModel):
    class Config:
        metadata = form("bare", "空表", "Bare")

    loan_no: Text = field("借用编号", "Loan No", kind=Kind.CODE, key=True)


def test_the_fields_of_a_common_base_come_first_and_each_model_has_its_own_form() -> None:
    loan, back = describe(Loan), describe(Return)

    assert (loan.code, loan.title.zh, [each.code for each in loan]) == ("loan", "借用登记表", ["loan_no", "borrower"])
    assert (back.code, back.titles, [each.code for each in back]) == ("return", ("归还单",), ["loan_no", "returned_by"])
    assert loan.key == back.key
    assert (loan.model, back.model) == (f"{__name__}:Loan", f"{__name__}:Return")


@pytest.mark.parametrize("model", [OfLoan, Bare])
def test_a_model_without_the_keyword_is_told_how_to_name_its_form(model: type[FormModel]) -> None:
    with pytest.raises(TypeError, match=rf"class {model.__name__}\(FormModel, form=form\(\.\.\.\)\)"):
        describe(model)

"""What an office has set: values by day, and declarations as they hold by them."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.domain.office_tables import SetParameters, with_parameters
from schemas.language import Catalogue, Field, Form, Kind, Localized, Option, Procedure, Register, Route, Stage, State
from schemas.language.catalogue import load_catalogue
from schemas.language.parameters import Parameter
from schemas.language.work import NO, YES, Draw


def words(text: str) -> Localized:
    return Localized(text, text)


HEAD, CHIEF = Option("head", words("科长")), Option("chief", words("局长"))
APPROVER = Parameter("approver", words("审批岗位"), "head", options=(HEAD, CHIEF))
LARGE = Parameter("large", words("大额审批岗位"), "head", options=(HEAD, CHIEF))
SHARE = Parameter("share", words("比例"), 30, 0, 100)
FORM = Form("case", words("单"), (Field("no", words("编号"), Kind.CODE, key=True), Field("size", words("大小"))), "")
REGISTER = Register(
    "cases",
    words("单"),
    forms=(FORM,),
    states=(State("open", words("待办")),),
    stages=(Stage("do", words("办"), "head", "case", "open", role_set_by="approver",
                  routes=(Route("head", (("size", ("large",)),), set_by="large"),)),),
    draws=(Draw(Field("drawn", words("抽中"), Kind.CHOICE, options=(YES, NO)), "open", "size", (("large", SHARE),), 5),),
)  # fmt: skip
CATALOGUE = Catalogue((Procedure("cases", words("单"), (REGISTER,), parameters=(APPROVER, LARGE, SHARE)),))
DECLARED = {each.code: each for each in (APPROVER, LARGE, SHARE)}


@pytest.mark.parametrize(
    ("on", "value"), [("2026-10-31", 30), ("2026-11-01T08:00", 40), ("2026-11-30", 40), ("2026-12-01", 50), ("", 40)]
)
def test_a_value_holds_from_its_day_on(on: str, value: float) -> None:
    held = SetParameters(DECLARED, {}, {"share": [("2026-12-01", 50), ("2026-11-01", 40)]}, date(2026, 11, 15))
    assert held.value("share", on) == value


def test_who_does_a_stage_and_how_much_is_drawn_may_be_set() -> None:
    held = SetParameters(DECLARED, {"large": "chief"}, {"share": [("2026-11-01", 100)]}, date(2026, 11, 15))
    register = with_parameters(CATALOGUE, held).register("cases")
    (stage,) = register.stages
    assert (stage.role, [route.role for route in stage.routes]) == ("head", ["chief"])
    assert (register.draws[0].share("large"), register.draws[0].share("small")) == (100, 5)


@pytest.mark.parametrize(
    ("parameter", "text", "value"),
    [
        (SHARE, "30", 30),
        (SHARE, "１２．５", 12.5),
        (SHARE, "101", None),
        (SHARE, "三十", None),
        (Parameter("large", words("额"), 1), "1,000,000", 1_000_000),
        (Parameter("large", words("额"), 1), "10,00", None),
        (APPROVER, "局长", "chief"),
        (APPROVER, "处长", None),
    ],
)
def test_what_is_written_is_a_value_within_bounds_or_one_of_the_options(
    parameter: Parameter, text: str, value: object
) -> None:
    assert parameter.parse(text) == value


def test_no_two_parameters_are_called_the_same() -> None:
    named = [each.words.zh for procedure in load_catalogue().procedures for each in procedure.parameters]
    assert len(named) == len(set(named))

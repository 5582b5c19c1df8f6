"""A small made-up procedure for tests of the machinery: a shop is opened, looked at, and passed or sent back."""

from __future__ import annotations

from datetime import date
from typing import Any

from pipeline.domain.place import parse_cell
from pipeline.domain.record import Record
from pipeline.domain.roster import Area, Person, Roster
from schemas.language import (
    Field,
    FieldRole,
    Form,
    Kind,
    Localized,
    Option,
    Register,
    Running,
    Stage,
    State,
    Transition,
)
from schemas.language.work import Derived


def words(text: str) -> Localized:
    return Localized(text, text)


KEY = Field("shop_no", words("编号"), Kind.CODE, key=True, required=True)
OPENING = Form(
    "opening",
    words("开店表"),
    (
        KEY,
        Field("shop_title", words("店名"), means=FieldRole.TITLE),
        Field("shop_tel", words("店铺电话"), Kind.PHONE),
        Field("shop_town", words("镇"), means=FieldRole.AREA),
        Field("shop_place", words("地点"), means=FieldRole.ADDRESS),
    ),
    "",
)
LOOK = Form(
    "look",
    words("查看表"),
    (KEY, Field("looks", words("样子")), Field("seen_by", words("查看人"), means=FieldRole.ACTOR)),
    "",
)
DECISION = Form(
    "decision",
    words("决定表"),
    (
        KEY,
        Field("decided", words("决定"), Kind.CHOICE, options=(Option("yes", words("行")), Option("no", words("不行")))),
        Field("because", words("原因"), means=FieldRole.REASON),
    ),
    "",
)

SHOPS = Register(
    "shops",
    words("店铺"),
    (OPENING, LOOK, DECISION),
    states=(
        State("new", words("新")),
        State("to_look", words("待看")),
        State("to_decide", words("待定")),
        State("done", words("完"), True),
    ),
    stages=(
        Stage("open", words("开店"), "clerk", "opening", transitions=(Transition("new"),)),
        Stage("hand_out", words("派人"), "boss", state="new", days=1, transitions=(Transition("to_look"),)),
        Stage("look", words("查看"), "walker", "look", "to_look", 3, (Transition("to_decide"),)),
        Stage(
            "decide",
            words("决定"),
            "boss",
            "decision",
            "to_decide",
            2,
            (
                Transition(
                    "", when=(("decided", ("yes",)),), known=(("looks", ("bad",)),), why=words("样子不好，不能通过")
                ),
                Transition("done", when=(("decided", ("yes",)),)),
                Transition("to_look", when=(("decided", ("no",)),), back=True),
            ),
        ),
    ),
    derived=(
        Derived(Field("looks_len", words("长度")), lambda values: len(values["looks"]) if "looks" in values else None),
    ),
    running=(Running(Field("file_no", words("档案")), "done", "{year}-{serial:04d}"),),
)

TODAY = date(2026, 11, 23)
WALKER = Person("K1", "王一", "walker", "k1@example.com")
OTHER_WALKER = Person("K2", "李二", "walker", "k2@example.com")
BOSS = Person("B1", "赵三", "boss", "b1@example.com")
NORTH = Area("1", "北镇", ("北村", "老北"), {"walker": "K1", "boss": "B1"})
SOUTH = Area("2", "南镇", ("南村", "北村南街"), {"walker": "K2", "boss": "B1"})


def roster(*areas: Area, people: tuple[Person, ...] = (WALKER, OTHER_WALKER, BOSS)) -> Roster:
    held = {person.number: person for person in people}
    return Roster(TODAY, held, {area.code: area for area in areas or (NORTH, SOUTH)}, held)


def record(form: Form, row: int, *, sheet: str = "表1", file: str = "a.xlsx", **values: Any) -> Record:
    """One accepted row: its fields stand in row *row*, columns A, B, … in the form's order."""
    cells = {code: parse_cell(f"{chr(65 + at)}{row}") for at, code in enumerate(field.code for field in form.fields)}
    special = {name: values.pop(name) for name in ("partial", "token") if name in values}
    return Record(
        form=form.code,
        submission=file,
        file=file,
        sheet=sheet,
        row=parse_cell(f"A{row}"),
        key=values["shop_no"],
        values=values,
        cells={code: cell for code, cell in cells.items() if code in values},
        **special,
    )

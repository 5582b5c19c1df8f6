"""A made-up register of boats for tests of the merge: papers, a survey, deeds at any time, and suspected twins."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any

from pipeline.domain.place import parse_cell
from pipeline.domain.record import Event, Record, RecordState
from pipeline.domain.record_fold import apply
from pipeline.merge.match_records import Merge, Merged
from schemas.language import (
    Field,
    FieldRole,
    Form,
    Kind,
    Localized,
    Option,
    Pairs,
    Register,
    Renewal,
    Running,
    Side,
    Stage,
    State,
    Transfer,
    Transition,
)

TODAY = date(2026, 11, 23)


def both(zh: str) -> Localized:
    """Words of which one sees which language they are in."""
    return Localized(zh, f"en:{zh}")


def options(**words: str) -> tuple[Option, ...]:
    return tuple(Option(code, both(zh)) for code, zh in words.items())


KEY = Field("boat_no", both("船号"), Kind.CODE, key=True, required=True)
NAME = Field("boat_name", both("船名"), means=FieldRole.TITLE)
OWNER = Field("owner", both("船主"))
CARD = Field("owner_card", both("船主证号"), private=True)
PAPERS = Form(
    "papers",
    both("登记表"),
    (
        KEY,
        NAME,
        OWNER,
        CARD,
        Field("harbour", both("港口"), means=FieldRole.AREA),
        Field("berth", both("泊位"), means=FieldRole.ADDRESS),
        Field("until", both("有效期"), Kind.DATE, means=FieldRole.EXPIRES),
        Field("hull", both("船体"), Kind.CHOICE, options=options(wood="木", steel="钢")),
        Field("clerk", both("填表人"), means=FieldRole.SUBMITTER),
    ),
    "",
)
SURVEY = Form(
    "survey",
    both("检验表"),
    (
        KEY,
        Field("verdict", both("结论"), Kind.CHOICE, options=options(sound="合格", leaky="漏水")),
        Field("surveyor", both("检验人"), means=FieldRole.ACTOR),
        Field("flaw", both("缺陷"), means=FieldRole.REASON),
    ),
    "",
)
DEED = Form(
    "deed",
    both("变动表"),
    (
        KEY,
        Field(
            "act",
            both("事由"),
            Kind.CHOICE,
            options=options(laid_up="停航", resumed="复航", broken="拆解", renamed="更名"),
        ),
        Field("from_day", both("生效日"), Kind.DATE, means=FieldRole.STARTS),
        Field("cause", both("缘由"), means=FieldRole.REASON),
        Field("teller", both("申报人"), means=FieldRole.ACTOR),
    ),
    "",
)

BOATS = Register(
    "boats",
    both("船舶"),
    (PAPERS, SURVEY, DEED),
    states=(
        State("to_survey", both("待检验")),
        State("afloat", both("在航"), final=True),
        State("laid_up", both("停航"), paused=True),
        State("broken", both("已拆解"), closed=True),
        State("renewed", both("已换证"), closed=True),
    ),
    stages=(
        Stage("enter", both("登记"), "clerk", "papers", transitions=(Transition("to_survey"),)),
        Stage(
            "survey",
            both("检验"),
            "surveyor",
            "survey",
            "to_survey",
            transitions=(
                Transition("", when=(("verdict", ("sound",)),), known=(("hull", ("wood",)),), why=both("木船须上坞")),
                Transition("afloat", when=(("verdict", ("sound",)),)),
                Transition("to_survey", when=(("verdict", ("leaky",)),), back=True),
            ),
        ),
        Stage(
            "deed",
            both("变动"),
            "clerk",
            "deed",
            ad_hoc=True,
            transitions=(
                Transition("laid_up", when=(("act", ("laid_up",)),)),
                Transition("", when=(("act", ("resumed",)),), resumes=True),
                Transition("broken", when=(("act", ("broken",)),)),
                Transition("", when=(("act", ("renamed",)),), stays=True),
            ),
        ),
    ),
    running=(
        Running(Field("paper_no", both("证书号")), "afloat", "{year}{month:02d}-{serial:03d}"),
        Running(Field("list_no", both("序号")), "afloat", "L{serial}"),
    ),
    renewal=Renewal(
        same=("owner_card",),
        alike=("boat_name", "berth"),
        days=90,
        previous=Field("previous_no", both("原船号")),
        following=Field("next_no", both("新船号")),
        state="renewed",
    ),
    transfer=Transfer(("owner", "owner_card"), Field("sold_on", both("过户日"), Kind.DATE)),
)

TWIN_KEY = Field("pair_no", both("对号"), Kind.CODE, key=True)
TWIN = Form(
    "twin",
    both("疑似表"),
    (
        TWIN_KEY,
        Field("pair_name", both("两船"), means=FieldRole.TITLE),
        Field("first_no", both("甲船号")),
        Field("second_no", both("乙船号")),
        Field("first_card", both("甲证号")),
        Field("second_card", both("乙证号")),
        Field("pair_harbour", both("港口"), means=FieldRole.AREA),
        Field("evidence", both("依据")),
    ),
    "",
)
PAIRS = Pairs(
    of="boats",
    sides=(Side("boat_no", "first_no", "second_no"), Side("owner_card", "first_card", "second_card")),
    evidence="evidence",
    doubtful="asked",
    same="same",
    different="different",
    merged="merged",
    gone="gone",
    outcome=Field("outcome", both("结果")),
    remedy=both("拆解其一"),
)
TWINS = Register(
    "twins",
    both("疑似同船"),
    (TWIN,),
    states=(
        State("asked", both("待答")),
        State("same", both("同船")),
        State("different", both("异船"), final=True),
        State("merged", both("已并"), final=True),
        State("gone", both("已消"), final=True),
    ),
    stages=(Stage("answer", both("认定"), "boss", state="asked"),),
    pairs=PAIRS,
)


def row(form: Form, line: int, key: str, *, file: str = "a.xlsx", **more: Any) -> Record:
    """One row: its fields stand in line *line*, columns A, B, … in the form's order. ``action`` and what else a record
    has may be given; any other keyword is a value.
    """
    special = {
        name: more.pop(name) for name in ("action", "token", "partial", "notes", "submission", "sheet") if name in more
    }
    letters = {each.code: chr(65 + at) for at, each in enumerate(form.fields)}
    values = more if "action" in special else {form.key.code: key, **more}
    told = {**values, **special.get("action", {})}
    return Record(
        form=form.code,
        file=file,
        row=parse_cell(f"A{line}"),
        key=key,
        values=values,
        cells={code: parse_cell(f"{letters[code]}{line}") for code in told if code in letters},
        **{"submission": f"hash of {file}", "sheet": "表1", **special},
    )


def boat(key: str = "7", state: str = "afloat", **values: Any) -> RecordState:
    """A boat as it stands in the register."""
    about = {name: values.pop(name) for name in ("owner_no", "version", "since", "due", "reason") if name in values}
    if "owner_no" in about:
        about["owner"] = about.pop("owner_no")
    return RecordState("boats", key, {"boat_no": key, **values}, state=state, **about)


def working_days_left(due: date, stopped: date, resumed: date) -> date:
    """A calendar without holidays: what was left is left."""
    return due + timedelta(days=(resumed - stopped).days)


@dataclass
class Harbour:
    """A register under test: takes rows on a day, remembers records, events and numbers as the ledger does."""

    entries: dict[str, RecordState] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    serials: dict[str, int] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    register: Register = BOATS

    def put(self, *boats: RecordState) -> None:
        """Let *boats* stand in the register."""
        self.entries.update((each.key, each) for each in boats)

    def take(
        self,
        form: Form,
        *rows: Record,
        day: date = TODAY,
        due: bool = False,
        actors: Mapping[str, str] | None = None,
        as_of: Callable[[str, int], RecordState | None] = lambda key, version: None,
    ) -> Merged:
        """Merge *rows* of *form* in a run of their own."""
        before = tuple(self.events)

        def life(key: str) -> Sequence[Event]:
            return [each for each in before if each.key == key]

        merge = Merge(
            self.register,
            self.entries,
            self.serials,
            self.numbers,
            day,
            5,
            actors or {},
            as_of,
            life,
            working_days_left,
        )
        merged = merge.take(form, [*rows], due=due)
        self.events += merged.events
        return merged

    def lived(self, *events: Event) -> None:
        """Let *events* have happened."""
        for each in events:
            self.entries[each.key] = apply(self.entries.get(each.key), each)
            self.events.append(each)

"""备件管理: which spares lie where for which equipment, what was put in, taken out and counted, and what runs short.

``manual.toml`` says what the manual gives. Ours: a least stock with each spare; the first count of a spare differs from
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from schemas.equipment import IN_USE, RETIRED, TO_CHECK
from schemas.language import (
    Field,
    FieldRole,
    Kind,
    Localized,
    Procedure,
    Register,
    Rule,
    Severity,
    Stage,
    State,
    Transition,
    Values,
    fields,
    watching,
    work,
)
from schemas.language.ending import Ended, ending
from schemas.language.model import FormModel, Number, Text, describe, field, form, row_rule
from schemas.language.work import Derived, FigureRows, Measure, Numbered, RecordView, Refers, RegisterView, Statistic
from schemas.roster.roles import EQUIPMENT_HEAD, INSPECTOR, ON_DUTY, OPERATOR

PUT_IN, TAKEN_OUT, COUNTED = fields.options(
    ("spare_put_in", "入库", "Put in"), ("spare_taken_out", "领用", "Taken out"), ("spare_counted", "盘点", "Counted")
)


NOTHING_MOVED = Rule(
    "spares.nothing_moved",
    Severity.ERROR,
    Localized("入库或领用的数量是 {value}，等于没有收发", "The quantity is {value}: nothing was moved"),
    Localized("写实际收发的数量；盘点没有的，类别填盘点", "Give what was moved; of what was counted as none say so"),
)


class Spare(FormModel, form=form("spare_part", "备件台账登记表", "Spare part", titles=("备品备件台账",))):
    spare_no: Text = fields.number("备件编号", "Spare No", "BJ0001")
    spare_name: Text = fields.text("备件名称", "Spare", "轴承 6308", means=FieldRole.TITLE)
    spare_for: Text = fields.text("适用设备编号", "For equipment", "SB0001", kind=Kind.CODE)
    spare_lies: Text = fields.text("备件存放位置", "Where it lies", "换热站备件柜 2 层")
    least_stock: Number = fields.amount("最低库存", "Least stock", example="2")
    spare_listed_by: Text = fields.filled_by("备件登记人", "Listed by", "简工")


class SpareEnded(Ended, form=form("spare_ended", "备件停用单", "Spare out of use")):
    spare_no: Text = fields.number("备件编号", "Spare No", "BJ0001")


class SpareMove(FormModel, form=form("spare_move", "备件收发记录表", "Spares in and out", titles=("备件领用记录",))):
    move_no: Text = fields.number("收发编号", "Move No", "SF2611001", given=True)
    moved_spare: Text = fields.text("收发备件编号", "Spare", "BJ0001", kind=Kind.CODE, means=FieldRole.TITLE)
    move_kind: Text = field("收发类别", "Kind", required=True, options=(PUT_IN, TAKEN_OUT, COUNTED))
    moved_quantity: Number = fields.amount("收发数量", "Quantity", example="1")
    moved_at: Text = fields.moment("收发时间", "When", "2026-11-03 10:00", means=FieldRole.CAME_ON)
    moved_for: Text = field(
        "备件用途", "What for", required_when={"move_kind": (TAKEN_OUT.code,)}, example="1 号循环泵换轴承"
    )
    moved_to: Text = field("用于设备编号", "For equipment No", kind=Kind.CODE, example="SB0001")
    moved_by: Text = fields.filled_by("收发经手人", "By", "石师傅")

    @row_rule(NOTHING_MOVED, at="moved_quantity")
    def something_moved(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """Nothing is neither put in nor taken out; it may be counted."""
        return ~((frame["moved_quantity"] == 0) & (frame["move_kind"] != COUNTED.code))


_TOLD_DAYS = 30
KEPT = State("spare_kept", Localized("在库", "Kept"), final=True)
NOTED = State("spare_move_noted", Localized("已登记", "Listed"), final=True)
SPARE_ENDED, END_SPARE = ending("spares", "spare_ended", EQUIPMENT_HEAD.code)


def _in_turn(moves: Iterable[RecordView]) -> list[RecordView]:
    return sorted(moves, key=lambda each: (str(each.values["moved_at"]), each.key))


def _stocks(moves: Iterable[RecordView]) -> list[tuple[str, float]]:
    """Return what lay there after each of *moves*, with its moment: a count says it anew, what goes in and out adds to it."""
    stock, found = 0.0, []
    for each in _in_turn(moves):
        quantity = float(each.values["moved_quantity"])
        if each.values["move_kind"] == COUNTED.code:
            stock = quantity
        else:
            stock += quantity if each.values["move_kind"] == PUT_IN.code else -quantity
        found.append((str(each.values["moved_at"]), round(stock, 6)))
    return found


def _stock(values: Values, held: RegisterView, today: date) -> float:
    stocks = _stocks(held.holding("spare_moves", "moved_spare", values.get("spare_no")))
    return stocks[-1][1] if stocks else 0.0


def _count_off(values: Values, held: RegisterView, today: date) -> float | None:
    """By how much a count differs from the book: what lies there beyond it, less than 0 where some are missing."""
    if values.get("move_kind") != COUNTED.code:
        return None
    own = (str(values.get("moved_at")), str(values.get("move_no")))
    moves = held.holding("spare_moves", "moved_spare", values.get("moved_spare"))
    before = _stocks(each for each in moves if (str(each.values["moved_at"]), each.key) < own)
    return round(float(values["moved_quantity"]) - before[-1][1], 6) if before else None


def _miscounted(held: RegisterView, today: date) -> Iterator[work.Seen]:
    """For a month, where nobody notes it."""
    since = (today - timedelta(days=_TOLD_DAYS)).isoformat()
    for key, each in held["spare_moves"].items():
        if each.get("count_off") and str(each.values["moved_at"]) >= since:
            off, quantity = each.values["count_off"], each.values["moved_quantity"]
            said = {"book": f"{quantity - off:g}", "off": f"{off:+g}", "by": str(each.get("moved_by"))}
            said |= {"spare": str(each.get("moved_spare")), "at": str(each.values["moved_at"]).replace("T", " ")}
            yield work.Seen(key, "moved_quantity", f"{quantity:g}", INSPECTOR.code, said)


def _for_retired(held: RegisterView, today: date) -> Iterator[work.Seen]:
    """Spares taken out after the piece was out of use that they are for, where the line names no other."""
    for key, each in held["spare_moves"].items():
        spare = held["spares"].get(str(each.get("moved_spare")))
        piece = held["equipment"].get(str(spare.get("spare_for"))) if spare else None
        if (
            piece is None
            or piece.state != RETIRED.code
            or each.get("move_kind") != TAKEN_OUT.code
            or each.get("moved_to")
        ):
            continue
        since = str(piece.get("ended_on") or piece.since or "")
        if str(each.values["moved_at"])[:10] >= since:
            yield work.Seen(
                key, "moved_spare", str(each.get("moved_spare")), EQUIPMENT_HEAD.code, {"equipment": piece.key}
            )


def _for_another(held: RegisterView, today: date) -> Iterator[work.Seen]:
    """Spares used on another piece than they are for, for a month; where that one is out of use it is as it should be."""
    since = (today - timedelta(days=_TOLD_DAYS)).isoformat()
    for key, each in held["spare_moves"].items():
        spare, used_on = held["spares"].get(str(each.get("moved_spare"))), str(each.get("moved_to") or "")
        of = str(spare.get("spare_for")) if spare else used_on
        piece = held["equipment"].get(of)
        if not used_on or used_on == of or str(each.values["moved_at"]) < since:
            continue
        if each.get("move_kind") == TAKEN_OUT.code and not (piece and piece.state == RETIRED.code):
            said = {"of": of, "spare": str(each.get("moved_spare")), "by": str(each.get("moved_by"))}
            said |= {"at": str(each.values["moved_at"]).replace("T", " ")}
            yield work.Seen(key, "moved_to", used_on, INSPECTOR.code, said)


def _ended_with_stock(held: RegisterView, today: date) -> Iterator[work.Seen]:
    """Spares that were ended in the last month though the moves leave some, or too few: the register stays as it was on that day."""
    for key, each in held["spares"].items():
        if each.state != SPARE_ENDED.code or each.since is None or (today - each.since).days > _TOLD_DAYS:
            continue
        stocks = _stocks(held.holding("spare_moves", "moved_spare", key))
        if stocks and stocks[-1][1]:
            said = {"stock": f"{each.get('spare_stock', 0):g}", "moves": f"{stocks[-1][1]:g}"}
            yield work.Seen(key, "spare_no", str(each.values["spare_name"]), EQUIPMENT_HEAD.code, said)


def _short(held: RegisterView, today: date) -> Iterator[work.Seen]:
    for key, each in held["spares"].items():
        stock, least = each.get("spare_stock", 0), each.get("least_stock", 0)
        if each.state == KEPT.code and 0 <= stock < least:
            said = {"stock": f"{stock:g}", "least": f"{least:g}"}
            yield work.Seen(key, "least_stock", str(each.values["spare_name"]), INSPECTOR.code, said)


def _overdrawn(held: RegisterView, today: date) -> Iterator[work.Seen]:
    """Spares of which more was taken out than lay there, and which nobody has counted since: that some were put in later
    does not explain it.
    """
    for key, each in held["spares"].items():
        moves = held.holding("spare_moves", "moved_spare", key) if each.state == KEPT.code else ()
        counted = max(
            (str(one.values["moved_at"]) for one in moves if one.get("move_kind") == COUNTED.code), default=""
        )
        missing = [(-stock, at) for at, stock in _stocks(moves) if stock < 0 and at > counted]
        if missing:
            most, at = max(missing)
            said = {"missing": f"{most:g}", "at": at.replace("T", " ")}
            yield work.Seen(key, "least_stock", str(each.values["spare_name"]), INSPECTOR.code, said)


def _by_month(held: RegisterView, today: date) -> FigureRows:
    rows: list[list[work.FigureCell]] = []
    for month, those in work.by_month(held["spare_moves"].values(), "moved_at", today).items():
        kinds = [each.get("move_kind") for each in those]
        off = sum(bool(each.get("count_off")) for each in those)
        rows.append([month, *(kinds.count(kind.code) for kind in (PUT_IN, TAKEN_OUT, COUNTED)), off])
    return rows


PROCEDURE = Procedure(
    "spares",
    Localized("备件管理", "Spares"),
    about=Localized(
        "备件写明存放位置和适用设备，收发、盘点有记录，低于最低库存提醒",
        "Spares have a place and their equipment; what goes in, out and is counted is on record; what runs short is told",
    ),
    roles=(OPERATOR, INSPECTOR, EQUIPMENT_HEAD),
    registers=(
        Register(
            "spares",
            Localized("备件台账", "Spares"),
            forms=(describe(Spare), describe(SpareEnded)),
            states=(KEPT, SPARE_ENDED),
            manager=EQUIPMENT_HEAD.code,
            looks_at=("spare_moves",),
            refers=(Refers("spare_for", "equipment"),),
            stages=(
                Stage(
                    "list_spare",
                    Localized("备件登记", "List"),
                    INSPECTOR.code,
                    "spare_part",
                    expects_role=True,
                    transitions=(Transition(KEPT.code),),
                ),
                END_SPARE,
            ),
            derived=(Derived(Field("spare_stock", Localized("现有库存", "Stock"), Kind.NUMBER), look=_stock),),
            watches=(
                work.warning(
                    "spares.short",
                    Localized(
                        "“{value}”库存 {stock}，低于最低库存 {least}", "“{value}”: {stock} in stock, less than {least}"
                    ),
                    Localized("补充备件后登记入库", "Get more, and list what was put in"),
                    _short,
                ),
                work.warning(
                    "spares.overdrawn",
                    Localized(
                        "“{value}”到 {at} 领用比入库多 {missing}",
                        "“{value}”: {missing} more taken out than put in by {at}",
                    ),
                    Localized("盘点后登记实有数量", "Count them, and list how many there are"),
                    _overdrawn,
                ),
                work.warning(
                    "spares.ended_with_stock",
                    Localized(
                        "备件“{value}”已停用，台账上还有 {stock}，按收发记录是 {moves}",
                        "“{value}” is out of use; the register says {stock}, what went in and out leaves {moves}",
                    ),
                    Localized("盘点后登记实有数量；还有的另行登记存放", "Count them, and list what is left elsewhere"),
                    _ended_with_stock,
                ),
            ),
        ),
        Register(
            "spare_moves",
            Localized("备件收发", "Spares in and out"),
            forms=(describe(SpareMove),),
            states=(NOTED,),
            manager=EQUIPMENT_HEAD.code,
            looks_at=("spares", "equipment"),
            refers=(
                Refers("moved_spare", "spares", (KEPT.code,)),
                Refers("moved_to", "equipment", (IN_USE.code, TO_CHECK.code)),
            ),
            derived=(Derived(Field("count_off", Localized("盘点差异", "Off the book"), Kind.NUMBER), look=_count_off),),
            watches=(
                work.warning(
                    "spares.count_off",
                    Localized(
                        "{by} {at} 盘点 {spare} 为 {value}，账面 {book}，差 {off}",
                        "{by} counted {value} of {spare} at {at}; the book says {book}: {off}",
                    ),
                    Localized("查明差异；漏登记的收发补登记", "Find out why; list what went in or out without a line"),
                    _miscounted,
                ),
                work.warning(
                    "spares.for_retired",
                    Localized(
                        "领用了备件“{value}”，它适用的设备 {equipment} 已停用",
                        "Of spare “{value}” some was taken out, but its equipment {equipment} is out of use",
                    ),
                    Localized(
                        "核实用途；用于别的设备的写明用于设备编号",
                        "Ask what for; name the equipment where it is another",
                    ),
                    _for_retired,
                ),
                work.warning(
                    "spares.for_another",
                    Localized(
                        "{by} {at} 把 {spare} 用于 {value}，它适用的设备是 {of}",
                        "{by} used {spare} on {value} at {at}; it is for {of}",
                    ),
                    Localized(
                        "写错的改正；两台都适用的选“知道了”", "Correct what is wrong; note it where it fits both"
                    ),
                    _for_another,
                ),
                watching.same_again(
                    "spares.same_move",
                    "spare_moves",
                    ("moved_spare", "move_kind", "moved_quantity", "moved_at"),
                    Localized("备件、类别、数量和时间", "spare, kind, quantity and moment"),
                    "moved_by",
                ),
            ),
            stages=(
                Stage(
                    "list_move",
                    Localized("收发登记", "List"),
                    OPERATOR.code,
                    "spare_move",
                    expects_role=True,
                    also_of=(ON_DUTY.code, INSPECTOR.code, EQUIPMENT_HEAD.code),
                    transitions=(Transition(NOTED.code),),
                ),
            ),
            numbered=Numbered(
                "SF{yy}{month}{serial:03d}", ("moved_spare", "move_kind", "moved_at", "moved_by"), "moved_at"
            ),
            count_by=("move_kind",),
            statistics=(
                Statistic(
                    "spare_moves_by_month",
                    Localized("备件收发按月", "Spares by month"),
                    Localized("月份", "Month"),
                    (
                        *(Measure(kind.words) for kind in (PUT_IN, TAKEN_OUT, COUNTED)),
                        Measure(Localized("盘点不符", "Off the book")),
                    ),
                    _by_month,
                ),
            ),
        ),
    ),
)

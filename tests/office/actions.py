"""What clerks do with their own papers: lists that grow, originals and returns mended in part, old copies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tests.office import papers, people, words
from tests.office.papers import Kind, Row
from tests.office.people import CLERK, Person
from tests.office.scene import Cells, Ledger, Scene

Action = Callable[[Scene], None]
NAMES = ("台账.xlsx", "新入网户登记.xlsx", "登记表(最新).xlsx", "11月登记.xlsx", "list.xlsx")
SLIPS: dict[str, Callable[[str], str]] = {
    "contact_phone": lambda value: value[:-1],
    "resident_id": lambda value: value[:-1] + ("1" if value[-1] != "1" else "2"),
    "valid_until": lambda _: "2026-02-30",
    "trade_type": lambda _: "杂货铺子",
    "principal": lambda _: "",
    "licence_no": lambda value: value[:-1],
}


def ledger_of(scene: Scene, clerk: Person) -> Ledger:
    """The list of a clerk; there may be a second one."""
    mine = [each for each in scene.ledgers if each.author == clerk]
    if mine and scene.random.random() < 0.9:
        return scene.random.choice(mine)
    number = len(scene.ledgers) + 1
    kept = Ledger(
        clerk, f"ledger {number} of {clerk.number}", scene.random.choice(NAMES),
        title=scene.random.random() < 0.7, blank=scene.random.random() < 0.3,
    )  # fmt: skip
    scene.ledgers.append(kept)
    return kept


def slip(scene: Scene, row: Cells) -> str:
    """Make one slip in a row; return the field."""
    code = scene.random.choice(list(SLIPS))
    row[code] = SLIPS[code](row[code])
    return code


def grow(scene: Scene) -> None:
    """The whole list again with some more rows: the commonest habit of all."""
    clerk = scene.somebody(CLERK)
    if clerk is None:
        return
    kept = ledger_of(scene, clerk)
    added = []
    for _ in range(scene.random.choice((1, 1, 2, 3))):
        shop = scene.new_shop()
        row = scene.row_of(shop, clerk)
        wrong = f" (slip: {words.LABELS[slip(scene, row)][0]})" if scene.random.random() < 0.35 else ""
        at = scene.random.randrange(len(kept.rows) + 1) if scene.random.random() < 0.2 else len(kept.rows)
        kept.rows.insert(at, row)
        added.append(f"{shop.key} {shop.cells['customer_name']}{wrong}")
    name = scene.random.choice(NAMES) if scene.random.random() < 0.2 else kept.name
    scene.drop_ledger(kept, name)
    scene.tell(f"{clerk.name} drops her list {name} ({len(kept.rows)} rows) with {', '.join(added)}")


def _wrong(scene: Scene, rows: list[Cells]) -> list[tuple[Cells, str, str]]:
    """Cells that are not what they should be: row, field and what is right."""
    found: list[tuple[Cells, str, str]] = []
    for row in rows:
        key = row["licence_no"]
        right = next((each for each in scene.shops if each == key or (len(key) < 12 and each.startswith(key))), "")
        truth = scene.truth(right)
        found += [
            (row, code, truth[code])
            for code, slipped in SLIPS.items()
            if truth and row.get(code, "") == slipped(truth[code]) != truth[code]
        ]
    return found


def mend_original(scene: Scene) -> None:
    """She mends one cell, or none, in her own file and drops it."""
    clerk = scene.somebody(CLERK)
    mine = [each for each in scene.ledgers if each.author == clerk and each.rows]
    if clerk is None or not mine:
        return
    kept = scene.random.choice(mine)
    wrong = _wrong(scene, kept.rows)
    said = "as it is"
    if wrong:
        row, code, right = scene.random.choice(wrong)
        row[code] = right
        said = f"with {words.LABELS[code][0]} of {row['licence_no']} mended to “{right}”"
    scene.drop_ledger(kept)
    scene.tell(f"{clerk.name} drops her list {kept.name} again, {said}")


def change_in_list(scene: Scene) -> None:
    """Something about a shop has changed: she writes it into her list."""
    clerk = scene.somebody(CLERK)
    mine = [each for each in scene.ledgers if each.author == clerk and each.rows]
    if clerk is None or not mine:
        return
    kept = scene.random.choice(mine)
    row = scene.random.choice(kept.rows)
    if row["licence_no"] not in scene.shops:
        return
    code = scene.random.choice(("contact_phone", "trade_type", "customer_name"))
    value = another(scene, code, row[code])
    if row[code] == scene.truth(row["licence_no"])[code]:  # nobody sets back a slip
        kept.earlier.append((row["licence_no"], code, row[code]))
    row[code] = value
    scene.learn(row["licence_no"], code, value)
    scene.drop_ledger(kept)
    scene.tell(f"{clerk.name} drops {kept.name} with {words.LABELS[code][0]} of {row['licence_no']} now “{value}”")


def set_back(scene: Scene) -> None:
    """What she had changed in her list was right before: she changes it back."""
    clerk = scene.somebody(CLERK)
    mine = [each for each in scene.ledgers if each.author == clerk and each.earlier]
    if clerk is None or not mine:
        return
    kept = scene.random.choice(mine)
    key, code, value = kept.earlier.pop(scene.random.randrange(len(kept.earlier)))
    row = next((each for each in kept.rows if each["licence_no"] == key), None)
    if row is None or row[code] == value:
        return
    row[code] = value
    scene.learn(key, code, value)
    for said in scene.drop_ledger(kept).rows:
        if said.key == key:
            said.meant = frozenset({code})
    scene.tell(f"{clerk.name} drops {kept.name} with {words.LABELS[code][0]} of {key} set back to “{value}”")


def another(scene: Scene, code: str, value: str) -> str:
    """Another value for a field."""
    if code == "contact_phone":
        return people.phone(scene.random)
    if code == "customer_name":
        return value + "新" if not value.endswith("新") else value[:-1] + "号店"
    return scene.random.choice([each for each in words.options(code) if each != value])


def shuffle(scene: Scene) -> None:
    """The list sorted, or with rows left out; nothing new."""
    mine = [each for each in scene.ledgers if each.rows and each.author.there(scene.day)]
    if not mine:
        return
    kept = scene.random.choice(mine)
    rows = list(kept.rows)
    if scene.random.random() < 0.5:
        scene.random.shuffle(rows)
        how = "sorted anew"
    else:
        rows = rows[: max(1, len(rows) // 2)]
        how = f"with only {len(rows)} of {len(kept.rows)} rows"
    scene.drop_ledger(kept, rows=rows)
    scene.tell(f"{kept.author.name} drops {kept.name} {how}")


def old_copy(scene: Scene) -> None:
    """An earlier paper again: the same bytes, renamed, or saved by another program."""
    earlier = [each for each in scene.dropped if each.kind in (Kind.OWN, Kind.WORKLIST, Kind.CHANGE)]
    earlier = [each for each in earlier if scene.staff.people[each.author].there(scene.day)]
    if not earlier:
        return
    paper = scene.random.choice(earlier)
    author = scene.staff.people[paper.author]
    anew = scene.random.random() < 0.5
    content = papers.saved_anew(paper.content) if anew else paper.content
    name = f"副本 {paper.told_as}" if scene.random.random() < 0.5 else paper.told_as
    made = None if anew else paper.made
    scene.drop(
        paper.kind, author, paper.lineage, name, content, paper.rows, form=paper.form, again=paper.again or paper.number,
        made=made,
    )  # fmt: skip
    how = "saved anew by another program" if anew else "the same bytes"
    scene.tell(f"{author.name} drops {paper.told_as} of paper {paper.number} again as {name}, {how}")


def mend_return(scene: Scene) -> None:
    """A return comes back with one, all or none of its errors mended."""
    held = scene.office.returns()
    names = [name for name in held if (found := scene.paper_of_return(held[name])) and found.kind is Kind.OWN]
    if not names:
        return
    name = scene.random.choice(names)
    paper = scene.paper_of_return(held[name])
    author = scene.staff.people[paper.author] if paper else None
    if paper is None or author is None or not author.there(scene.day):
        return
    sheet, rows = return_rows(scene, held[name])
    wrong = _wrong(scene, [each.cells for each in rows])
    share = scene.random.choice((0.0, 0.5, 1.0, 1.0))
    mended = [each for each in wrong if scene.random.random() < share]
    for row in rows:
        for cells, code, right in mended:
            if cells is row.cells:
                row.cells[code] = right
                sheet.type(row.line, {code: right})
    kept = next((each for each in scene.ledgers if each.lineage == paper.lineage), None)
    if kept and scene.random.random() < 0.5:  # she corrects her own list too
        for cells in kept.rows:
            for wrong_row, code, right in mended:
                if code != "licence_no" and cells["licence_no"] == wrong_row["licence_no"]:
                    cells[code] = right
    drop_as = scene.random.choice((name, "改好.xlsx", name))
    said = [Row(row.cells["licence_no"], row.cells, row.written, row.sheet, row.line) for row in rows]
    scene.drop(Kind.OWN, author, paper.lineage, drop_as, papers.saved(sheet.book), said, returned=paper.number)
    scene.tell(
        f"{author.name} mends {len(mended)} of {len(wrong)} cells in the return {name} and drops it as {drop_as}"
    )


def return_rows(scene: Scene, content: bytes) -> tuple[papers.Sheet, list[Row]]:
    """The sheet of a return, and its rows with what we wrote."""
    sheet = next(iter(papers.sheets(papers.opened(content), scene.language, "customer_name")))
    rows = sheet.rows(sheet.all())
    return sheet, [each for each in rows if each.cells.get("filled_by") not in ("", "李敏")]


def single(scene: Scene) -> None:
    """A sheet of its own with one new shop."""
    clerk = scene.somebody(CLERK)
    if clerk is None:
        return
    shop = scene.new_shop()
    own = Ledger(clerk, f"single {shop.key}", f"{shop.cells['customer_name']}.xlsx", [scene.row_of(shop, clerk)])
    wrong = f" (slip: {words.LABELS[slip(scene, own.rows[0])][0]})" if scene.random.random() < 0.3 else ""
    scene.ledgers.append(own)
    scene.drop_ledger(own)
    scene.tell(f"{clerk.name} drops a sheet with one new shop, {shop.key} {shop.cells['customer_name']}{wrong}")


def other_clerk(scene: Scene) -> None:
    """Somebody else hands in a shop that is known already, with another phone."""
    clerk = scene.somebody(CLERK)
    known = [
        each for each in scene.shops if any(row["licence_no"] == each for kept in scene.ledgers for row in kept.rows)
    ]
    if clerk is None or not known:
        return
    key = scene.random.choice(known)
    row = scene.row_of(scene.shops[key], clerk)
    row["contact_phone"] = people.phone(scene.random)
    own = Ledger(clerk, f"other {key} {len(scene.dropped)}", f"补登 {key}.xlsx", [row])
    scene.drop_ledger(own)
    scene.tell(f"{clerk.name} drops a sheet of her own on {key}, with the phone {row['contact_phone']}")


def change_sheet(scene: Scene) -> None:
    """A change sheet: a value, a pause, a return, the end."""
    clerk, known = scene.somebody(CLERK), list(scene.office.register())
    if clerk is None or not known:
        return
    key = scene.random.choice(known)
    kind = scene.random.choice(("changed", "changed", "changed", "suspended", "resumed", "cancelled"))
    said = {"licence_no": key, "change_kind": kind}
    told = words.LABELS["change_kind"][0] + " " + kind
    extra: Cells = {}
    if kind == "changed" and key in scene.shops:
        code = scene.random.choice(("contact_phone", "customer_name"))
        value = another(scene, code, scene.shops[key].cells[code])
        scene.learn(key, code, value)
        said |= {
            "change_item": words.label(code, scene.language),
            "changed_to": words.shown(code, value, scene.language),
        }
        extra = {"change_field": code, "changed_value": value}
        told = f"{words.LABELS[code][0]} is now “{value}”"
    elif kind == "changed":
        return
    said |= {"effective_on": scene.day.isoformat(), "change_reason": "按客户要求", "handled_by": clerk.name}
    content = papers.own_list("change_sheet", [said], scene.language)
    rows = [Row(each.key, {**each.cells, **extra}, None, each.sheet, each.line)
            for each in papers.own_rows("change_sheet", [said], scene.language)]  # fmt: skip
    name = f"变更 {key} {len(scene.dropped)}.xlsx"
    scene.drop(Kind.CHANGE, clerk, f"change {len(scene.dropped)}", name, content, rows, form="change_sheet")
    scene.tell(f"{clerk.name} drops a change sheet on {key}: {told}")


def renewal(scene: Scene) -> None:
    """A licence nears its end: the shop comes in under a new number."""
    clerk, known = scene.somebody(CLERK), [each for each in scene.office.register() if each in scene.shops]
    if clerk is None or not known:
        return
    old = scene.shops[scene.random.choice(known)]
    new = scene.new_shop()
    kept = ("customer_name", "principal", "resident_id", "contact_phone", "shop_address", "market_type", "trade_type")
    until = scene.day + timedelta(days=5 * 365)
    new.cells.update({code: old.cells[code] for code in kept})
    new.cells.update(valid_from=scene.day.isoformat(), valid_until=until.isoformat())
    own = Ledger(clerk, f"renewal {new.key}", f"换证 {new.key}.xlsx", [scene.row_of(new, clerk)])
    scene.drop_ledger(own)
    scene.tell(f"{clerk.name} drops the new licence {new.key} of {old.key} {old.cells['customer_name']}")

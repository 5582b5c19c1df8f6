"""What managers do: worklists filled, half filled, filled from an old copy or by a colleague; reviews, the master, areas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from tests.office import papers, people, words
from tests.office.actions import another
from tests.office.papers import Kind, Row
from tests.office.people import MANAGER, ROLES, Person
from tests.office.scene import Cells, Copy, Scene


def answers(scene: Scene, person: Person, *, verdict: str = "") -> Cells:
    """What a visit finds."""
    pick = scene.random.choice
    verdict = verdict or pick(("as_stated", "as_stated", "as_stated", "corrected", "no_such_shop"))
    about = {"verdict": verdict, "verified_on": scene.day.isoformat(), "verified_by": person.name}
    if scene.random.random() < 0.4:
        about["verification_note"] = pick(("门头已换", "老板不在，店员接待", "电话已核对"))
    if verdict == "no_such_shop":
        return about
    chosen = ("trading_district", "shop_scale", "order_way", "pay_way", "order_day")
    return {
        **about, **{code: pick(words.options(code)) for code in chosen}, "delivery_route": f"0{pick('1234')}线",
        "customer_grade": str(scene.random.randrange(1, 31)), "policy_told": "done", "supply_told": "done",
        "ordering_told": pick(("done", "not_done")),
    }  # fmt: skip


def work_on(scene: Scene, person: Person, copy: Copy, by: Person, *, most: int = 3, correct: float = 0.3) -> list[str]:
    """Fill rows of a worklist's visits and reviews, save it on the desk, drop it; return what was done."""
    done: list[str] = []
    book = papers.opened(copy.content)
    written = copy.written if copy.written is not None else {}
    rows: list[Row] = []
    for deciding in ("verdict", "conclusion"):
        for sheet in papers.sheets(book, scene.language, deciding):
            if "#" not in sheet.page.title and not sheet.token:
                continue
            base = written.setdefault(sheet.page.title, {}) or sheet.all()
            written[sheet.page.title] = base
            free = [key for key in base if not sheet.read(sheet.lines[key]).get(deciding)]
            scene.random.shuffle(free)
            for key in free[: scene.random.randrange(1, most + 1)]:
                cells = answers(scene, by) if deciding == "verdict" else review(scene, by)
                if deciding == "verdict" and scene.random.random() < correct:
                    code = scene.random.choice(("contact_phone", "contact_phone", "trade_type", "customer_name"))
                    cells[code] = another(scene, code, base[key].get(code, ""))
                    cells["verdict"] = "corrected" if cells["verdict"] == "as_stated" else cells["verdict"]
                    done.append(f"{words.LABELS[code][0]} of {key} is “{cells[code]}”")
                    if key in scene.shops:
                        scene.learn(key, code, cells[code])
                sheet.type(sheet.lines[key], cells)
                done.append(f"{key} {cells.get('verdict') or cells.get('conclusion')}")
            rows += sheet.rows(base)
    if done:
        content = papers.saved(book)
        scene.filled[person.number] = Copy(content, copy.lineage, copy.day, written)
        name = scene.random.choice((f"{person.name} 已填.xlsx", f"任务表-{person.number}.xlsx", "填好.xlsx"))
        scene.drop(Kind.WORKLIST, by, copy.lineage, name, content, rows, form="verification")
        if scene.random.random() < 0.08:
            scene.drop(
                Kind.WORKLIST, by, copy.lineage, f"副本 {name}", content, rows, form="verification",
                again=scene.batch[-1].number,
            )  # fmt: skip
            done.append("dropped twice, under two names")
    return done


def review(scene: Scene, chief: Person) -> Cells:
    """What the market manager decides; a shop that was not found he sends back."""
    back = scene.random.random() < 0.4
    about = {
        "conclusion": "sent_back" if back else "passed",
        "reviewed_on": scene.day.isoformat(),
        "reviewed_by": chief.name,
    }
    return {**about, **({"opinion": scene.random.choice(("请补拍门头照片", "电话打不通，再核实"))} if back else {})}


def _copy(scene: Scene, person: Person | None, *, old: bool = False) -> Copy | None:
    mine = scene.worklists.get(person.number, []) if person else []
    if not mine:
        return None
    return scene.random.choice(mine[:-1]) if old and len(mine) > 1 else mine[-1]


def _work(
    scene: Scene, person: Person | None, copy: Copy | None, what: str, by: Person | None = None, **how: float
) -> None:
    if person is None or copy is None:
        return
    fresh = Copy(copy.content, copy.lineage, copy.day, copy.written)
    done = work_on(scene, person, fresh, by or person, **how)  # type: ignore[arg-type]
    if done:
        scene.tell(f"{(by or person).name} fills {what} of {person.name} and drops it: {'; '.join(done)}")


def visit(scene: Scene) -> None:
    """A manager fills some rows of today's worklist."""
    person = scene.somebody(MANAGER)
    _work(scene, person, _copy(scene, person), "the newest worklist")


def decide(scene: Scene) -> None:
    """The market manager reviews what waits."""
    _work(scene, scene.chief(), _copy(scene, scene.chief()), "the newest worklist")


def stale(scene: Scene) -> None:
    """A worklist of an earlier day is filled."""
    person = scene.random.choice(scene.staff.there(scene.day))
    copy = _copy(scene, person, old=True)
    _work(scene, person, copy, f"a worklist written on {copy.day if copy else ''}")


def go_on(scene: Scene) -> None:
    """The worklist that was filled before is filled further, in the same file."""
    known = [number for number in scene.filled if scene.staff.people[number].there(scene.day)]
    if known:
        number = scene.random.choice(sorted(known))
        _work(scene, scene.staff.people[number], scene.filled[number], "some more rows of the same worklist")


def colleague(scene: Scene) -> None:
    """A colleague fills somebody's worklist."""
    person, by = scene.somebody(MANAGER), scene.somebody(MANAGER)
    if person and by and person != by:
        _work(scene, person, _copy(scene, person), "the worklist", by=by)


def correct_only(scene: Scene) -> None:
    """Only a prefilled cell is corrected on the worklist; no answer yet."""
    person = scene.somebody(MANAGER)
    copy = _copy(scene, person)
    if person is None or copy is None:
        return
    book = papers.opened(copy.content)
    sheet = next((each for each in papers.sheets(book, scene.language, "verdict") if each.token), None)
    if sheet is None or not sheet.lines:
        return
    base = sheet.all()
    key = scene.random.choice(list(base))
    code = scene.random.choice(("contact_phone", "trade_type", "customer_name"))
    value = another(scene, code, base[key].get(code, ""))
    sheet.type(sheet.lines[key], {code: value})
    scene.drop(
        Kind.WORKLIST, person, copy.lineage, "更正.xlsx", papers.saved(book), sheet.rows(base), form="verification"
    )
    scene.tell(
        f"{person.name} corrects {words.LABELS[code][0]} of {key} to “{value}” on the worklist, and answers nothing"
    )


def half(scene: Scene) -> None:
    """One row of a worklist is half filled: who and when, or the answer alone."""
    person = scene.somebody(MANAGER)
    copy = _copy(scene, person)
    if person is None or copy is None:
        return
    book = papers.opened(copy.content)
    sheet = next((each for each in papers.sheets(book, scene.language, "verdict") if each.token), None)
    if sheet is None or not sheet.lines:
        return
    base = sheet.all()
    key = scene.random.choice(list(base))
    kept = scene.random.choice((("verified_on", "verified_by"), ("verdict",), ("verdict", "verified_on", "shop_scale")))
    cells = {code: value for code, value in answers(scene, person, verdict="as_stated").items() if code in kept}
    sheet.type(sheet.lines[key], cells)
    scene.drop(
        Kind.WORKLIST, person, copy.lineage, "半.xlsx", papers.saved(book), sheet.rows(base), form="verification"
    )
    scene.tell(
        f"{person.name} fills only {', '.join(words.LABELS[code][0] for code in cells)} of {key} on the worklist"
    )


def judge(scene: Scene) -> None:
    """The market manager says of two shops that look alike whether they are one."""
    copy = _copy(scene, scene.chief())
    if copy is None:
        return
    book = papers.opened(copy.content)
    sheet = next((each for each in papers.sheets(book, scene.language, "same_or_not") if each.token), None)
    if sheet is None or not sheet.lines:
        return
    key = scene.random.choice(list(sheet.lines))
    said = scene.random.choice(words.options("same_or_not"))
    sheet.type(
        sheet.lines[key], {"same_or_not": said, "judged_on": scene.day.isoformat(), "judged_by": scene.chief().name}
    )
    scene.drop(Kind.WORKLIST, scene.chief(), copy.lineage, "核对.xlsx", papers.saved(book), [], form="twin_judgement")
    scene.tell(f"{scene.chief().name} says of {key}: {said}")


def edit_master(scene: Scene, *, old: bool = False) -> None:
    """A cell of the master is changed where it lies, in today's copy or in an older one."""
    if not scene.masters or any(each.kind is Kind.MASTER for each in scene.batch):
        return
    copy = scene.random.choice(scene.masters[:-1] or scene.masters) if old else scene.masters[-1]
    book = papers.opened(copy.content)
    page = book.worksheets[0]
    sheet = papers.Sheet(book, page, scene.language)
    if not sheet.header or not sheet.lines:
        return
    base = sheet.all()
    key = scene.random.choice(list(base))
    code = scene.random.choice(("contact_phone", "trade_type", "customer_name", "delivery_route"))
    if code == "delivery_route" and not base[key].get(code):
        code = "contact_phone"
    value = "09线" if code == "delivery_route" else another(scene, code, base[key].get(code, ""))
    sheet.type(sheet.lines[key], {code: value})
    rows = [Row(key, sheet.read(line), base[key], page.title, line) for key, line in sheet.lines.items()]
    scene.drop(Kind.MASTER, scene.chief(), copy.lineage, "master.xlsx", papers.saved(book), rows)
    scene.tell(f"somebody changes {words.LABELS[code][0]} of {key} to “{value}” in the master as of {copy.day}")


def stale_master(scene: Scene) -> None:
    """The master is edited in a copy taken earlier."""
    edit_master(scene, old=True)


# the roster -----------------------------------------------------------------------------------------------------------


def staff_sheet(scene: Scene, some: Sequence[Person]) -> bytes:
    rows = [
        {
            "staff_no": each.number, "staff_name": each.name, "staff_role": ROLES[each.role][scene.language == "en"],
            "staff_email": each.email, "serves_to": each.until.isoformat() if each.until else "",
        }
        for each in some
    ]  # fmt: skip
    return papers.own_list("staff_list", rows, scene.language)


def area_sheet(scene: Scene, codes: Sequence[str]) -> bytes:
    rows = [
        {
            "area_code": each.code, "area_name": each.name, "area_aliases": each.village,
            "account_manager_no": each.manager, "market_manager_no": each.chief,
        }
        for each in (scene.staff.areas[code] for code in codes)
    ]  # fmt: skip
    return papers.own_list("area_list", rows, scene.language)


def drop_staff(scene: Scene, some: Sequence[Person], name: str = "人员表.xlsx") -> None:
    content = staff_sheet(scene, some)
    scene.drop(Kind.ROSTER, scene.chief(), f"staff {len(scene.dropped)}", name, content, [], form="staff_list")


def drop_areas(scene: Scene, codes: Sequence[str], name: str = "辖区表.xlsx") -> None:
    content = area_sheet(scene, codes)
    scene.drop(Kind.ROSTER, scene.chief(), f"areas {len(scene.dropped)}", name, content, [], form="area_list")


def hand_over(scene: Scene) -> None:
    """An area gets another manager."""
    person = scene.somebody(MANAGER)
    area = scene.random.choice(list(scene.staff.areas.values()))
    if person is None or area.manager == person.number:
        return
    scene.staff.hand_over(area.code, person.number)
    drop_areas(scene, [area.code])
    scene.tell(f"{area.name} is handed over to {person.name}")


def leave(scene: Scene) -> None:
    """An account manager leaves today; his areas go to a colleague, at once or later."""
    there = scene.staff.there(scene.day, MANAGER)
    if len(there) < 2:
        return
    person, other = scene.random.sample(there, 2)
    scene.staff.leave(person.number, scene.day - timedelta(days=1))
    drop_staff(scene, [scene.staff.people[person.number]])
    at_once = scene.random.random() < 0.7
    if at_once:
        mine = [each.code for each in scene.staff.areas.values() if each.manager == person.number]
        for code in mine:
            scene.staff.hand_over(code, other.number)
        if mine:
            drop_areas(scene, mine)
    scene.tell(f"{person.name} has left; his towns go to {other.name}" if at_once else f"{person.name} has left")


def arrive(scene: Scene) -> None:
    """Somebody new comes, and gets an area."""
    person = people.newcomer(scene.random, scene.staff)
    area = scene.random.choice(list(scene.staff.areas.values()))
    scene.staff.people[person.number] = person
    scene.staff.hand_over(area.code, person.number)
    drop_staff(scene, [person])
    drop_areas(scene, [area.code])
    scene.tell(f"{person.name} comes and gets {area.name}")

"""Robots: each does what the advice of a rule says, in a copy of the office; the finding must then be gone in one run.

A rule without a robot fails ``test_office``; so does one that is excused without need.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path, PurePosixPath

import openpyxl

from tests.office import answers, papers, visits, words
from tests.office.oracle import Wrong
from tests.office.people import MANAGER
from tests.office.scene import Cells, Scene
from tests.office.world import Found, Office


@dataclass
class Desk:
    """Where robots work: what the people of the play hold, and the copy of the office into which they drop."""

    scene: Scene
    office: Office
    drops: int = 0
    answers: dict[str, list[tuple[Found, tuple[str, str]]]] = field(default_factory=dict)
    """What is chosen in the exceptions workbook of each owner."""
    sheets: dict[str, tuple[papers.Sheet, str]] = field(default_factory=dict)
    """Workbooks that are being mended, by submission, and the name under which they go back."""
    worklists: dict[str, openpyxl.Workbook] = field(default_factory=dict)
    """Worklists whose red cells are being mended, by whose they are."""

    def drop(self, name: str, content: bytes, author: str = "S01") -> None:
        self.drops += 1
        made = datetime.combine(self.scene.day, self.scene.clock) + timedelta(minutes=self.drops)
        person = self.scene.staff.people.get(author)
        self.office.put(f"{person.name if person else ''}/robot {self.drops} {name}".lstrip("/"), content, made)

    def send(self) -> None:
        """Drop every workbook that was mended, and every list in which something was answered."""
        for owner, wanted in self.answers.items():
            content = (
                self.scene.office.own_exceptions(owner) if owner else self.scene.office.file("exceptions/all.xlsx")
            )
            filled, done = (
                answers.answered(content, self.scene.language, partial(_choice, wanted)) if content else (b"", [])
            )
            if done:
                self.drop("异常表.xlsx", filled, owner)
        self.answers.clear()
        for sheet, name in self.sheets.values():
            self.drop(name, papers.saved(sheet.book))
        self.sheets.clear()
        for owner, book in self.worklists.items():
            self.drop("任务表.xlsx", papers.saved(book), owner)
        self.worklists.clear()


def _choice(wanted: Sequence[tuple[Found, tuple[str, str]]], line: Mapping[str, str]) -> tuple[str, str] | None:
    return next(
        (
            choice
            for found, choice in wanted
            if found.file == line.get("file")
            and found.key in line.get("key", "").split("、")
            and found.cell in answers.cells_of(line.get("cell", ""))
            and (not found.field or line.get("field") in ("", *words.LABELS.get(found.field, (line.get("field"),))))
        ),
        None,
    )


Robot = Callable[[Desk, Found], bool]
"""Does what the advice says; False when in this play nobody can."""
ROBOTS: dict[str, Robot] = {}


def robot(*rules: str) -> Callable[[Robot], Robot]:
    """Let a function settle the findings of these rules."""

    def register(function: Robot) -> Robot:
        ROBOTS.update(dict.fromkeys(rules, function))
        return function

    return register


ASKS_NOTHING: Mapping[str, str] = {
    "repair.choice": "told only", "repair.date": "told only", "repair.number": "told only", "repair.code": "told only",
    "repair.value": "told only", "repair.blank": "told only", "repair.open_end": "told only", "repair.area_of_sheet": "told only",
    "repair.ditto": "told only", "repair.name": "told only", "record.renewed": "told only", "record.transferred": "listed for 30 days, asks to look",
    "licence.division": "a right number may be of another county", "licence.holder": "the number may be right",
    "column.unknown": "a column may be kept as a note", "sheet.skipped": "a page may be no data", "sheet.side": "a page is no data",
    "sheet.hidden": "what is hidden was read", "worklist.rows_removed": "they come again by themselves",
    "file.own_report": "nothing was taken",
    "reference.unknown": "a warning of what may be registered later", "inbox.open": "whoever has it open closes it",
    "inbox.copying": "the copy ends by itself", "clock.back": "the machine's clock: the administrator's",
    "master.row_deleted": "listed again by itself", "master.sheet_bare": "the original lies in the archive",
    "master.sheet_lost": "the original lies in the archive", "roster.redirected": "told for a week, asks to look",
    "sheet.blank": "an empty sheet asks for nothing", "worklist.remark": "a remark is passed on",
    "sheet.sample": "an example is no data", "row.example": "an example is no data", "line.mended": "told only", "line.trimmed": "told only", "line.short": "blank cells at the end may be meant",
    "step.said_before": "an old paper may stay as it is",
    "worklist.only_shown": "what is only shown stays as it was",
    "worklist.filled_by_other": "told, for both to know", "worklist.of_other": "told, for both to know",
    "step.signed_elsewhere": "told, for the signer to know",
    "sheet.signed_elsewhere": "told, for the signer to know",
    "sheet.signed_by_nobody": "told, for whoever watches over the register to ask",
    "sheet.opened_by_nobody": "told, for whoever watches over the register to ask",
    "worklist.since_handed_on": "told, for both to know",
    "step.late": "told, for whoever watches over the register to ask",
}  # fmt: skip
"""Rules whose advice asks nobody to do anything, and why."""
ELSEWHERE: Mapping[str, str] = {
    **dict.fromkeys(
        ("file.unreadable", "file.foreign", "file.encrypted", "file.empty", "file.bomb", "file.twice", "file.nested",
         "file.killer", "file.failed", "inbox.link", "inbox.special", "inbox.large", "inbox.forbidden"),
        "of a file, not of what people say: tests/fuzz and tests/hostile",
    ),
    **dict.fromkeys(
        ("declaration.failed", "row.unchecked", "row.unnumbered"),
        "of declarations that fail: tests/commands/test_failing_declarations.py",
    ),
    **dict.fromkeys(
        ("definition.wrong", "definition.renamed", "definition.role_known", "definition.mistake", "definition.no_folder", "definition.unsigned", "definition.state_gone",
         "definition.state_stuck", "definition.gone", "definition.not_placed", "definition.put_back", "definition.new_version"),
        "of procedures drawn in Excel: tests/definitions",
    ),
    **dict.fromkeys(
        ("amount.nothing", "answer.denied", "step.by_colleague", "answer.point_wrong", "leave.no_length", "leave.filed_on_its_day", "answer.approved_beside", "person.unknown", "person.oneself", "expenses.stranger", "expenses.advance_early", "expenses.granted_early",
         "expenses.listed_late", "expenses.summed_before", "expenses.no_customer", "expenses.carried", "expenses.spot_amount", "expenses.mending_wrong", "expenses.no_contract_day", "expenses.below_zero", "expenses.mends_none", "expenses.unconfirmed", "arrivals.no_such_plan", "arrivals.not_entered", "arrivals.too_much", "complaints.major", "complaints.major_met", "complaints.lowered",
         "tiers.bounds_crossed", "tiers.upstream_unit", "tiers.upstream_ends", "tiers.two_groups", "tiers.letter_idle", "tiers.two_letters", "tiers.not_booked", "tiers.fallen_unbooked", "tiers.kept_now", "expenses.more_than_sold", "key.other_title", "satisfaction.no_score",
         "urgent.came_late", "complaints.came_late", "complaints.same_again", "urgent.same_again", "complaints.allowed_late", "it.came_late", "intranet.given_late", "contact.unsaid", "customers.moved_away", "contact.asked_late", "contact.given_late", "complaints.not_looked_up", "meetings.steps_missed", "intranet.undecided",
         "urgent.filled_later", "urgent.done_late", "files.no_keeper", "files.came_late", "files.lent_before", "equipment.no_inspector", "equipment.no_spares", "equipment.operator_role", "equipment.inspector_role", "equipment.came_late", "meetings.no_chair", "mend.undecided", "mend.no_mender", "mend.came_late", "mend.by_another", "faults.not_over", "faults.checked_well", "faults.came_late", "satisfaction.nobody_drawn", "contact.slow",
         "contact.filled_later", "contact.came_late", "installation.served_before", "installation.served_after", "urgent.unknown_customer", "it.same_serial", "resolutions.limit_past", "spares.nothing_moved", "leave.at_once", "leave.stands_in", "leave.asked_late", "leave.granted_late", "meetings.done_after", "meetings.at_once", "contact.done_late",
         "contact.asked_before", "contact.answered_before", "site.head", "meetings.done_early", "meetings.done_late", "property.done_late", "planning.met_late", "planning.met_came_late", "planning.met_before", "planning.met_alone",
         "visits.report_filled_later", "visits.more_came", "contact.unanswered", "visiting.keeper_gone", "visits.report_done_late", "planning.done_late", "scheme.filled_later", "scheme.done_late", "intranet.done_late", "site.done_late", "visiting.no_such_week", "visiting.not_over", "visiting.plans_others", "visiting.planned_late", "visiting.visits_others", "online.look_late",
         "online.member_again", "site.look_late", "it.no_settings", "it.change_undecided", "leave.unknown_person", "leave.very_long", "planning.left_over", "scheme.approved_late", "news.done_late", "arrivals.called_later", "files.signed_before", "intranet.posted_before", "intranet.same_news", "site.posted_before", "scheme.no_year", "news.filled_later", "it.change_late", "mend.done_late", "mend.same_again", "complaints.number", "installation.visit_out_of_turn", "expenses.nothing_said", "leave.granted_that_day", "leave.decision_came_late", "leave.undecided", "planning.no_cause", "planning.not_looked_back", "it.patrol_late", "it.routine_late", "intranet.posted_late", "it.patrol_came_late", "it.routine_came_late", "intranet.posted_came_late", "online.look_came_late", "site.look_came_late", "intranet.posted_without",
         "intranet.to_add", "date.past", "online.unguided", "online.done_late", "it.done_late",
         "meetings.elsewhere", "meetings.more_came", "online.came_late", "online.same_again", "planning.more_came", "resolutions.never_held", "resolutions.due_before"),
        "of procedures that offices do not play: tests/procedures",
    ),
    **dict.fromkeys(
        ("sheet.unknown", "sheet.foreign", "sheet.two_forms", "cell.stray", "card.left_over", "cell.struck", "header.misspelt", "header.ambiguous",
         "header.twice", "header.missing", "line.unclear", "line.garbled", "header.unit", "header.unit_wrong"),
        "of how a sheet is laid out: tests/score",
    ),
    **dict.fromkeys(
        ("answer.not_offered", "answer.taken", "answer.over", "names.unfit"),
        "of what a name means, answered on a return: tests/intake/test_name_answers.py",
    ),
    "answer.moved_on": "of an answer that came too late: tests/intake/test_choose_on_return.py",
    **dict.fromkeys(("balance.off", "mail.failed"), "the administrator's: tests/faults"),
    **dict.fromkeys(("parameter.of_another", "parameter.value", "roster.no_stand_in", "roster.nobody_stands_in", "assign.absent", "area.elsewhere", "person.absent", "seal.final", "reference.not_open", "seal.next_period", "step.at_most", "step.at_least", "step.not_before", "step.after", "step.another", "reference.none", "step.too_early", "name.several", "name.like", "name.unknown"), "of what an office sets: tests/procedures"),
    **dict.fromkeys(
        ("complaints.faulty", "complaints.demand", "complaints.more_faulty", "complaints.repeated", "installation.points", "installation.all_equal", "installation.other_points", "it.secret", "date.ahead",
         "it.repeated", "it.warranty", "expenses.after_contract", "expenses.advance", "expenses.advanced",
         "expenses.differs", "expenses.overpaid", "expenses.too_early", "arrivals.off_plan", "arrivals.differs", "arrivals.not_come", "mend.far_off", "arrivals.shipped_differs", "arrivals.shipped_early", "arrivals.stored_early", "arrivals.overdrawn", "care.off_budget", "prospects.next_contact", "prospects.too_seldom", "files.updated_before", "files.updated_late", "resolutions.outside", "leave.stand_in_away", "files.stale", "files.two_borrowers", "tiers.two_claims", "visiting.contacts", "visiting.day", "visiting.time", "visiting.key_time", "visiting.weeks", "property.unsaid", "spares.short", "spares.overdrawn", "budget.off", "budget.over", "budget.unapproved", "resolutions.early", "leave.filed_late", "leave.own_activity", "property.came_late", "it.filled_later", "online.filled_later", "planning.filled_later", "intranet.filled_later", "site.filled_later", "leave.late", "leave.self", "leave.not_on_roster", "deliverables.not_right", "meetings.rechecked_early", "meetings.no_hour", "property.no_day",
         "answer.contradicted", "step.same", "step.as_sent_back", "duty.missed", "files.updated_by_other", "files.not_given_back", "leave.telephoned_late",
         "expenses.denied", "visiting.no_plan", "visiting.came_late", "installation.not_as_drawn", "installation.held", "installation.over", "installation.to_change", "installation.bought_early", "installation.receiver", "installation.same_drawing", "installation.same_collector", "installation.same_written", "installation.same_archive", "installation.listed_after", "installation.same_notice", "installation.same_site"),
        "of another procedure: tests/procedures",
    ),
    **dict.fromkeys(
        ("files.number", "expenses.no_sales", "budget.same_again", "budget.approved_late", "care.no_day", "care.early", "care.came_late", "care.closed", "care.unknown",
         "care.same_contact", "care.unapproved", "care.approved_late", "care.same_campaign", "care.came_early",
         "care.guest_unknown", "files.class", "files.no_customer", "files.same_again", "files.one_licence", "files.long_loan",
         "property.not_kept", "property.found_in_check", "deliverables.same_again", "deliverables.one_archive", "equipment.one_hand", "faults.same_again", "faults.retired", "faults.before_use",
         "faults.no_shift_note", "faults.not_taken_out", "online.fewer", "online.one_hand", "online.notice_by_another", "it.patrol_unseen", "it.no_figures", "it.no_proposals", "it.rolled_back", "it.problems_unsaid", "property.same_report", "site.fewer",
         "prospects.missed", "prospects.not_analysed", "prospects.other_name", "prospects.same_again", "prospects.same_licence",
         "expenses.signed_before", "expenses.gift_unasked", "expenses.same_request", "expenses.same_fee", "expenses.own_check", "expenses.own_lines", "expenses.fees_unsigned", "expenses.fees_paid", "expenses.settled_less", "expenses.advance_unpaid", "expenses.unsigned", "expenses.beyond_lines", "expenses.closed_customer", "expenses.closed_line", "tiers.closed_revenue", "tiers.unknown", "tiers.closed_claim", "expenses.paid_before", "complaints.effect_before", "complaints.own_case", "complaints.yours", "complaints.measures_yours", "contact.handled_before", "expenses.spot_own",
         "satisfaction.past", "satisfaction.partly", "satisfaction.reported", "satisfaction.none_planned", "satisfaction.never_planned", "satisfaction.month", "spares.count_off", "spares.for_retired", "spares.same_move", "spares.for_another", "spares.ended_with_stock",
         "tiers.letter_ends", "worklist.row_unsigned", "visiting.unapproved", "visiting.overlap", "step.unseen"),
        "of another procedure: tests/procedures",
    ),
    **dict.fromkeys(
        ("value.error_cell", "value.uncalculated", "value.too_long", "value.ditto", "value.moment", "value.month",
         "value.date_one_end", "value.number", "value.whole", "value.range", "value.choice_several", "value.length",
         "value.refused", "value.digits_lost", "value.code_number", "value.code_date", "value.text_date", "value.text_truth", "email.format",
         "area_code.format", "resident_id.old", "resident_id.birth", "credit_code.old", "credit_code.format",
         "credit_code.checksum"),
        "of one cell, mended as every wrong cell is",
    ),
    **dict.fromkeys(("step.own", "end.decided", "step.unbarred", "pair.kept", "assign.nobody_at_all", "assign.stranger", "assign.not_of_role"), "no such stage in this procedure"),
}  # fmt: skip
"""Rules that this office does not meet, and where they are looked at."""


# a cell that is wrong -------------------------------------------------------------------------------------------------


@robot(
    "value.missing", "value.missing_said", "value.missing_when", "value.date", "value.choice", "phone.format", "date.order", "date.future",
    "date.expired", "date.five_years", "step.day_before", "step.day_after", "resident_id.format", "resident_id.checksum", "licence.format",
)  # fmt: skip
def mend_cell(desk: Desk, found: Found) -> bool:
    """Put the right value into the red cell of the worklist, of the return, or of the original where no return lies there."""
    sheet, line = _row(desk, found)
    if sheet is None or not line:
        return False
    cells = sheet.read(line)
    key = cells.get("licence_no", found.key)
    shop = next((each for each in desk.scene.shops if each == key or (len(key) == 11 and each.startswith(key))), "")
    right = {**_step_cells(desk, found), **_registered_on(desk, shop), **desk.scene.truth(shop)}
    if found.field not in right:
        return False
    sheet.type(line, {found.field: right[found.field]})
    return True


def _registered_on(desk: Desk, key: str) -> Cells:
    """The day of a shop's registration: of the first sheet that told of it, where somebody looks it up."""
    rows = (row for paper in desk.scene.dropped for row in paper.rows if row.key == key)
    days = [day for row in rows if (day := row.cells.get("registered_on", ""))]
    return {"registered_on": min(days)} if key and days else {}


@robot("worklist.row_unfinished", "worklist.row_half_filled")
def fill_row(desk: Desk, found: Found) -> bool:
    """Fill in what the row lacks."""
    sheet, line = _row(desk, found)
    if sheet is None or not line:
        return False
    sheet.type(line, _of_its_step(found.field, _step_cells(desk, found)))
    return True


def _of_its_step(code: str, cells: Cells) -> Cells:
    """Those of *cells* that belong to the step of a field: what a page shows of other steps nobody fills in."""
    own = next((codes for codes in words.STEPS.values() if code in codes), tuple(cells))
    return {each: value for each, value in cells.items() if each in own}


def _step_cells(desk: Desk, found: Found) -> Cells:
    """What a visit or a review would have written."""
    scene = desk.scene
    person = scene.staff.people.get(found.owner) or scene.chief()
    return {
        **{code: words.options(code)[0] for code in ("trading_district", "shop_scale", "order_way", "pay_way", "order_day")},
        "verdict": "as_stated", "delivery_route": "01线", "customer_grade": "10", "policy_told": "done",
        "supply_told": "done", "ordering_told": "done", "verified_on": scene.day.isoformat(), "verified_by": person.name,
        "conclusion": "sent_back", "opinion": "请再核实", "reviewed_on": scene.day.isoformat(),
        "reviewed_by": scene.chief().name,
    }  # fmt: skip


def _row(desk: Desk, found: Found) -> tuple[papers.Sheet | None, int]:
    """The sheet and row in which a finding is mended: where it stands red on the worklist of its owner, else on the return or
    the original.
    """
    content = desk.scene.office.worklist(found.owner) if found.owner and found.key else None
    book = desk.worklists.get(found.owner) or (papers.opened(content) if content else None)
    for deciding in ("verdict", "conclusion") if book else ():
        for sheet in papers.sheets(book, desk.scene.language, deciding):
            if sheet.token and found.key in sheet.refused():
                desk.worklists[found.owner] = sheet.book
                return sheet, sheet.lines[found.key]
    return _open(desk, found), found.line


def _open(desk: Desk, found: Found) -> papers.Sheet | None:
    """The sheet of a finding: in the return of its file, else as it was dropped."""
    if found.submission not in desk.sheets:
        content, name = b"", found.file.rpartition("/")[2]
        for title, held in desk.scene.office.returns().items():
            paper = desk.scene.paper_of_return(held)
            if paper and paper.sha256 == found.submission:
                content, name = held, title
        original = desk.scene.by_hash.get(found.submission)
        content = content or (original.content if original else b"")
        if not content or found.file == "master.xlsx":
            return None
        book = papers.opened(content)
        page = next((each for each in book.worksheets if each.title == found.sheet), None)
        if page is None:
            return None
        desk.sheets[found.submission] = papers.Sheet(book, page, desk.scene.language), name
    sheet = desk.sheets[found.submission][0]
    return sheet if sheet.page.title == found.sheet and sheet.header else None


# a step, a key, a copy ------------------------------------------------------------------------------------------------


@robot("value.conflict", "value.set_back")
def choose_value(desk: Desk, found: Found) -> bool:
    """Of two values one is chosen in the exceptions workbook: now this, now that."""
    choice = answers.MINE if found.number % 2 else answers.REGISTER
    desk.answers.setdefault(found.owner, []).append((found, choice))
    return True


def note(desk: Desk, found: Found) -> bool:
    """What asks for nothing is noted in the exceptions workbook, where there is a column for that."""
    desk.answers.setdefault(found.owner, []).append((found, answers.NOTED))
    return True


@robot("answer.unknown", "answer.no_conflict")
def mend_answer(desk: Desk, found: Found) -> bool:
    """A slip in an answer: in the workbook that he dropped he chooses from the list what asks for nothing, and drops it again."""
    dropped = desk.scene.by_hash.get(found.submission)
    if dropped is None or not found.cell:
        return False
    book = papers.opened(dropped.content)
    if found.sheet not in book.sheetnames:
        return False
    book[found.sheet][found.cell].value = answers.NOTED[desk.scene.language == "en"]
    desk.drop(dropped.told_as, papers.saved(book), dropped.author)
    return True


@robot("copy.stale")
def newest_worklist(desk: Desk, found: Found) -> bool:
    """What should still change is written on the newest worklist; who lets it be drops his worklist as it is."""
    content = desk.scene.office.worklist(found.owner)
    if content is None:
        return False
    book = papers.opened(content)
    for deciding in ("verdict", "conclusion"):
        for sheet in papers.sheets(book, desk.scene.language, deciding):
            if found.key in sheet.lines and found.field in sheet.columns:
                value = words.plain(found.field, found.value)
                sheet.type(sheet.lines[found.key], {found.field: value})
                desk.drop("任务表.xlsx", papers.saved(book), found.owner)
                return True
    return False


@robot("step.refused", "step.outdated", "step.not_so", "step.wrong_role", "worklist.row_of_other", "worklist.row_added",
       "copy.key_changed", "worklist.damaged", "record.closed")  # fmt: skip
def take_out(desk: Desk, found: Found) -> bool:
    """What is not to be is taken out of the sheet, which is dropped again: a worklist's row is as we wrote it."""
    sheet, line = _row(desk, found)
    if sheet is None or not line:
        return False
    paper = desk.scene.by_hash.get(found.submission)
    written = next((row.written for row in paper.rows if row.line == found.line), None) if paper else None
    if sheet.token and found.key in sheet.refused():
        sheet.type(line, dict.fromkeys((code for codes in words.STEPS.values() for code in codes), ""))
    elif sheet.token and written is not None:
        sheet.type(line, {code: written.get(code, "") for code in words.AUDITED})
    else:
        sheet.page.delete_rows(line)
    return True


@robot("key.twice")
def keep_right(desk: Desk, found: Found) -> bool:
    """Of the two rows the one that is right stays, the other is taken out; both sheets are dropped again."""
    sheet = _open(desk, found)
    if sheet is None or not found.line:
        return False
    first = min(each.number for each in desk.office.findings() if (each.rule, each.key) == (found.rule, found.key))
    if found.number == first:
        return True  # this one is right: it goes back as it is
    return take_out(desk, found)


@robot("key.unknown")
def register_first(desk: Desk, found: Found) -> bool:
    """The shop is registered, and the sheet dropped again."""
    sheet = _open(desk, found)
    if found.key not in desk.scene.shops or sheet is None:
        return False
    clerk = desk.scene.staff.there(desk.scene.day, "system_admin")[0]
    row = desk.scene.row_of(desk.scene.shops[found.key], clerk)
    desk.drop("登记.xlsx", papers.own_list("registration", [row], desk.scene.language), clerk.number)
    return True


@robot("worklist.row_new")
def register_typed(desk: Desk, found: Found) -> bool:
    """A row typed below a worklist: the customer is registered, as the advice says."""
    if found.key not in desk.scene.shops:
        return False
    clerk = desk.scene.staff.there(desk.scene.day, "system_admin")[0]
    row = desk.scene.row_of(desk.scene.shops[found.key], clerk)
    desk.drop("登记.xlsx", papers.own_list("registration", [row], desk.scene.language), clerk.number)
    return True


@robot("change.unknown", "change.ambiguous", "change.key", "change.computed", "change.step", "change.lines")
def mend_change(desk: Desk, found: Found) -> bool:
    """The change sheet names a field of the form."""
    sheet = _open(desk, found)
    if sheet is None or not found.line:
        return False
    said = {"change_item": words.label("contact_phone", desk.scene.language), "changed_to": "13932810018"}
    sheet.type(found.line, said)
    return True


@robot("pair.unsettled")
def cancel_one(desk: Desk, found: Found) -> bool:
    """Of two that are one, one is cancelled by a change sheet."""
    key = found.key.rpartition("-")[2]
    clerk = desk.scene.staff.there(desk.scene.day, "system_admin")[0]
    row = {
        "licence_no": key, "change_kind": "cancelled", "effective_on": desk.scene.day.isoformat(),
        "change_reason": "重复", "handled_by": clerk.name,
    }  # fmt: skip
    desk.drop("注销.xlsx", papers.own_list("change_sheet", [row], desk.scene.language), clerk.number)
    return True


@robot("person.not_in_force", "step.by_another")
def who_did_it(desk: Desk, found: Found) -> bool:
    """Whoever really did it is named."""
    sheet, line = _row(desk, found)
    person = next(iter(desk.scene.staff.there(desk.scene.day, MANAGER)), None)
    if sheet is None or person is None or not line:
        return False
    sheet.type(line, {found.field: person.name})
    return True


# the master, the roster -----------------------------------------------------------------------------------------------


@robot("master.step")
def fill_step(desk: Desk, found: Found) -> bool:
    """What the master would not take is filled in on the worklist, with the rest of its step; a step that is not due cannot
    be taken, and what was told of it ends by itself.
    """
    content = desk.scene.office.worklist(found.owner)
    book = papers.opened(content) if content and found.key else None
    for sheet in papers.sheets(book, desk.scene.language, found.field) if book else ():
        if sheet.token and found.key in sheet.lines:
            said = {
                **_of_its_step(found.field, _step_cells(desk, found)),
                found.field: words.plain(found.field, found.value),
            }
            sheet.type(sheet.lines[found.key], said)
            desk.drop("任务表.xlsx", papers.saved(book), found.owner)
            return True
    return False


@robot("master.computed", "master.key_changed", "master.decided")
def leave_master(desk: Desk, found: Found) -> bool:
    """What was refused stands no more in the master: a fresh one has been written. Nothing is left to do."""
    return desk.scene.office.file("master.xlsx") is not None


@robot(
    "roster.nobody",
    "roster.stranger",
    "roster.away",
    "roster.overlap",
    "roster.empty",
    "assign.nobody",
    "roster.unknown_role",
)
def name_somebody(desk: Desk, found: Found) -> bool:
    """The sheet of areas names somebody who is there, for every area."""
    there = desk.scene.staff.there(desk.scene.day, MANAGER)
    if not there:
        return False
    for area in list(desk.scene.staff.areas.values()):
        if not desk.scene.staff.people[area.manager].there(desk.scene.day):
            desk.scene.staff.hand_over(area.code, there[0].number)
    desk.drop("辖区表.xlsx", visits.area_sheet(desk.scene, list(desk.scene.staff.areas)))
    return True


@robot("area.unknown", "area.ambiguous")
def name_area(desk: Desk, found: Found) -> bool:
    """The registration names the area."""
    sheet = _open(desk, found)
    if sheet is None or not found.line:
        return False
    sheet.type(found.line, {"area_of_shop": next(iter(desk.scene.staff.areas.values())).name})
    return True


# all of them ----------------------------------------------------------------------------------------------------------


_ONCE_IT_IS_IN = "value.conflict"
"""A row that was kept out for one cell is looked at whole once that is mended: another cell may then have to be chosen."""


def settle_all(scene: Scene, folder: Path) -> tuple[int, list[Wrong]]:
    """Let the robots settle what is open, all at once, and run once; return how many are gone, and what is not."""
    before = scene.office.findings()
    if not before:
        return 0, []
    desk = Desk(scene, scene.office.copy(folder))
    acted, wrong = [], []
    for each in before:
        if each.severity not in ("error", "warning"):
            continue
        does = note if each.rule in ASKS_NOTHING else ROBOTS.get(each.rule)
        if does is None:
            wrong.append(Wrong("3 without a robot", f"no robot knows what to do about {each}", each.key))
        elif does(desk, each):
            acted.append(each)
    desk.send()
    desk.office.run(scene.day, scene.clock)
    left = {each.number: each for each in desk.office.findings()}
    new = [
        each for each in left.values() if each.severity == "error" and each.number > max(one.number for one in before)
    ]
    # what two papers have wrong of one record is one finding: mended on one of them, it goes on to the other
    others = {PurePosixPath(each.file).name for each in acted}
    stuck = [each for each in acted if each.number in left and not _is_of(left[each.number].file, others, each)]
    wrong += [Wrong("3 stuck", f"{each} is not gone though its advice was followed", each.key) for each in stuck]
    wrong += [
        Wrong("3 advice fails", f"following the advice brings {each}", each.key)
        for each in new
        if not any(one.key and one.key == each.key and each.rule in (one.rule, _ONCE_IT_IS_IN) for one in acted)
    ]
    return len(acted) - len(stuck), wrong


def _is_of(dropped: str, papers: set[str], mended: Found) -> bool:
    """Tell whether the file *dropped* is one of *papers* again, and not the one on which the finding was *mended*."""
    own = PurePosixPath(mended.file).name
    name = PurePosixPath(dropped).name.partition(" ")[2].partition(" ")[2]  # after "robot 5 "
    return name in papers - {own}


def excused(rule: str) -> str:
    """Return why a rule needs no robot, "" when it needs one."""
    return ASKS_NOTHING.get(rule) or ELSEWHERE.get(rule, "")

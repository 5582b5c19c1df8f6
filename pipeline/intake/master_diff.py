"""What staff changed in the master: its cells held against what the books made of them, the changed ones taken as a sheet.

A cell that equals what was written says nothing, whatever the register holds by now. A changed one becomes a row of
the form that asks for its field, and goes the way of every other row. What the program works out by itself comes back
as it was, with a finding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, time

from pipeline.domain import embedded_metadata
from pipeline.domain.cell import Raw
from pipeline.domain.customizations import PageSetup
from pipeline.domain.edited_master import EditedPage, WrittenPage
from pipeline.domain.extract import Extract, Reading
from pipeline.domain.finding import Ignored
from pipeline.domain.place import cell_name, pack
from pipeline.domain.record import RecordState
from pipeline.domain.record_set import by_key
from pipeline.domain.record_title import title_of
from pipeline.domain.rulebook import found
from pipeline.domain.rulebook.editing import KEPT
from pipeline.intake.column_steps import form_asking, is_ahead, leads_on, names_signer
from pipeline.intake.master_advice import how_to_change, how_to_end
from pipeline.intake.master_before import MasterBefore
from pipeline.intake.master_customizations import gather_page, with_pages, with_sheets
from pipeline.merge.turn_back import how_to_turn_back
from pipeline.outside.ledger import UnitOfWork
from pipeline.render.reports.master import register_table
from pipeline.render.xlsx.cell_values import storable
from pipeline.render.xlsx.measure import column_widths
from pipeline.render.xlsx.safe_text import header_labels
from pipeline.render.xlsx.workbook import Cell, TableColumn
from pipeline.validate.as_written import as_written, quote
from schemas.language import Catalogue, Form, Layout, Localized, Register, Stage
from schemas.language.letters import plain_label

_SHOWN = 5
_LIKE = 0.8
"""Of a row's filled cells that have to agree for it to be the row of which only the key was changed."""
_ROW_OF_DATA = 3
"""Filled cells from which on a row without a key is a record, and no remark below the table."""


def take_edits(
    catalogue: Catalogue,
    readings: Iterable[Reading],
    files: Iterable[tuple[str, str]],
    uow: UnitOfWork,
    ours: Set[str] = frozenset(),
) -> None:
    """Add to each reading of an edited master its extracts and findings, and keep in *books* what was added to it.

    *files* are the readings' names and hashes; *ours* are those hashes that lie where the program has put them: in
    them nothing need have been changed.
    """
    for reading, (name, sha256) in zip(readings, files, strict=True):
        if reading.master is None:
            continue
        before = MasterBefore(catalogue, uow, reading.master)
        kept = uow.reports.customizations()
        pages: dict[str, PageSetup] = {}
        for page in reading.master.pages:
            register = next((each for each in catalogue.registers if each.code == page.register), None)
            if register is not None:
                edits = _PageEdits(catalogue, register, page, before, reading, name, sha256)
                edits.take()
                pages[register.code] = edits.set_up(kept.pages.get(register.code, PageSetup()))
        gathered = with_pages(kept, pages)
        if sha256 in ours:  # formulas of the office's own master are its own; of a sheet in the inbox they never are
            gathered = with_sheets(gathered, reading.master)
        if gathered != kept:
            uow.reports.put_customizations(gathered)
        reading.findings += [
            found("master.sheet_bare", file=name, submission=sha256, sheet=title, value=title)
            for title in reading.master.bare
        ]
        if sha256 in ours:
            reading.findings += [
                found("master.sheet_lost", file=name, submission=sha256, sheet=title, value=title)
                for title in reading.master.lost
            ]
        if not (reading.extracts or reading.findings or gathered != kept or sha256 in ours):
            reading.findings.append(found("file.own_report", file=name, submission=sha256))


@dataclass(slots=True)
class _Edit:
    """One cell that says something else than was written."""

    key: str
    version: int
    row: int
    raw: Raw
    was: Cell
    cell: int
    title: str
    """What people call the record."""


@dataclass(slots=True)
class _PageEdits:
    """The edits of one register's sheet."""

    catalogue: Catalogue
    register: Register
    page: EditedPage
    before: MasterBefore
    reading: Reading
    file: str
    submission: str
    columns: dict[str, TableColumn] = field(default_factory=dict)
    """Ours by label."""
    edits: dict[str, list[_Edit]] = field(default_factory=lambda: defaultdict(list))
    """By label."""
    widths: dict[str, float] = field(default_factory=dict)
    """Of our columns by label, as they were written."""
    _key: str = ""
    """The label of the key."""
    _at: dict[str, int] = field(default_factory=dict)
    """Where each label's cell stands in a row of the page."""

    def take(self) -> None:
        """Add to the reading what was changed on the page."""
        extent = self.before.written.extent
        record_set = self.before.uow.records.of_register(self.register.code)
        now = by_key((record_set.within(extent) if extent else record_set).each())
        if extent is not None:  # it may be older: what lies elsewhere by now stood in it then
            moved = self.before.changed_since(self.register) - now.keys()
            now |= self.before.uow.records.get(self.register.code, keys=moved)
        table = register_table(self.before.office(self.register, now), self.register, now.values())
        labels = header_labels(column.label for column in table.columns)
        ours = set(self.before.written.labels.get(self.page.written_as, ()))
        self._at = {label: at for at, label in enumerate(self.page.columns)}
        self.columns = {
            label: column
            for label, column in zip(labels, table.columns, strict=True)
            if label in ours and label in self._at
        }
        written = self.before.written.pages.get(self.page.written_as, WrittenPage()).widths
        self.widths = {
            label: written.get(label, width)
            for label, width in zip(labels, column_widths(table), strict=True)
            if label in ours
        }
        key = next((label for label, each in self.columns.items() if each.shows == self.register.key.code), None)
        if key is None:
            return
        self._key = key
        shown = dict(zip(now, (dict(zip(labels, row, strict=True)) for row in table.rows), strict=True))
        strange: list[int] = []
        seen: set[str] = set()
        for at in range(len(self.page.rows)):
            written_key = _plain(self._cell(at, key))
            if not self._compare(at, written_key, shown, again=written_key in seen):
                strange.append(at)
            seen.add(written_key)
        missing = {
            each: entry
            for each in now
            if each not in seen
            and (entry := self.before.entry(self.register, each)) is not None
            and self.before.written.held(entry)
        }
        self._strange(strange, key, missing, shown)
        self._tell_missing(missing)
        self._ask()

    def set_up(self, kept: PageSetup) -> PageSetup:
        """Return how staff want the page from now on; *kept* is how they wanted it before."""
        if not self._key:
            return kept
        written = self.before.written.pages.get(self.page.written_as, WrittenPage())
        return gather_page(self.page, written, self.widths, self._key, kept)

    def _cell(self, at: int, label: str) -> Raw:
        return self.page.cells[at][self._at[label]]

    def _place(self, at: int, label: str) -> int:
        return pack(self.page.rows[at], self.page.columns[label])

    def _compare(self, at: int, key: str, shown: Mapping[str, Mapping[str, Cell]], *, again: bool) -> bool:
        """Note what row *at* says otherwise than was written; False when no record of that key was written.

        A row that was not written here, for its record stood elsewhere or stands here *again*, was typed: its blanks
        say nothing.
        """
        today = shown.get(key)
        if today is not None and all(_same(self._cell(at, label), today[label]) for label in self.columns):
            return True
        entry = self.before.entry(self.register, key) if key else None
        if entry is None:
            return False
        was = self._shown(entry)
        typed = again or not self.before.written.held(entry)
        for label in self.columns:
            raw = self._cell(at, label)
            if self._says(entry, label, raw, was[label]) and not (typed and not _plain(raw)):
                place, title = self._place(at, label), title_of(self.register, entry)
                edit = _Edit(key, entry.version, self.page.rows[at], self._raw(at, label), was[label], place, title)
                self.edits[label].append(edit)
        return True

    def _says(self, entry: RecordState, label: str, raw: Raw, was: Cell) -> bool:
        """Tell whether *raw* is neither what *was* shown nor what is at a later hour of that day: an hour may have been over."""
        ours = self.register.get(self.columns[label].shows) is None
        return not (_same(raw, was) or (ours and _same(raw, self._shown(entry, time.max)[label])))

    def _shown(self, entry: RecordState, clock: time = time.min) -> dict[str, Cell]:
        table = register_table(self.before.office(self.register, {entry.key: entry}, clock), self.register, [entry])
        return dict(zip(header_labels(column.label for column in table.columns), table.rows[0], strict=True))

    # rows that were not written -------------------------------------------------------------------------------------

    def _strange(
        self, rows: Sequence[int], key: str, missing: dict[str, RecordState], shown: Mapping[str, Mapping[str, Cell]]
    ) -> None:
        new: list[int] = []
        for at in rows:
            original = self._original(at, key, missing)
            filled = sum(1 for label in self.columns if _plain(self._cell(at, label)))
            if original:
                del missing[original]
                self._find(
                    "master.key_changed",
                    self._place(at, key),
                    form=self.register.base.code,
                    field=self.register.key.code,
                    value=quote(self._cell(at, key)),
                    key=original,
                    original=original,
                    form_title=self.register.base.title,
                    kept=original,
                )
            elif _plain(self._cell(at, key)) or filled >= _ROW_OF_DATA:
                new.append(at)
            elif filled:
                text = " ".join(filter(None, (_plain(raw) for raw in self.page.cells[at])))
                self.reading.ignored.append(Ignored(self.page.title, self.page.rows[at] + 1, "note", text[:80]))
        if new:
            self._register(new)

    def _original(self, at: int, key: str, missing: Mapping[str, RecordState]) -> str:
        """Return the key of the missing record that row *at* is in all but its key, "" when there is none."""
        others = [label for label in self.columns if label != key and _plain(self._cell(at, label))]
        for each, entry in missing.items():
            was = self._shown(entry)
            same = sum(1 for label in others if _same(self._cell(at, label), was[label]))
            if same >= max(_ROW_OF_DATA, _LIKE * len(others)):
                return each
        return ""

    def _register(self, rows: Sequence[int]) -> None:
        """Rows typed into the table are registrations."""
        form = self.register.base
        asked = {column.shows: label for label, column in self.columns.items() if form.get(column.shows)}
        self.reading.extracts.append(
            Extract(
                form.code,
                self.submission,
                self.file,
                self.page.title,
                Layout.LIST,
                [self._place(at, next(iter(asked.values()))) for at in rows],
                {code: [self._raw(at, label) for at in rows] for code, label in asked.items()},
                {code: [self._place(at, label) for at in rows] for code, label in asked.items()},
            )
        )

    def _raw(self, at: int, label: str) -> Raw:
        raw = self._cell(at, label)
        return raw if _plain(raw) else None

    def _tell_missing(self, missing: Mapping[str, RecordState]) -> None:
        if not missing:
            return
        names = [f"{key} {title_of(self.register, entry)}".strip() for key, entry in missing.items()]
        self._find(
            "master.row_deleted",
            None,
            value="、".join(names[:_SHOWN]) + ("…" if len(names) > _SHOWN else ""),
            count=len(names),
            how=how_to_end(self.register),
            kept="",
        )

    # changed cells --------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        """Each changed cell becomes a row of the form that asks for it, or a finding when none does."""
        for label, edits in self.edits.items():
            code = self.columns[label].shows
            asking: dict[str, tuple[Form | None, list[_Edit]]] = {}
            for each in edits:
                form = form_asking(self.register, code, self._entry(each))
                asking.setdefault(form.code if form else "", (form, []))[1].append(each)
            for form, those in asking.values():
                self._ask_of(form, label, those)

    def _ask_of(self, form: Form | None, label: str, edits: list[_Edit]) -> None:
        column = self.columns[label]
        if form is None:
            self._refuse(
                "master.computed", label, edits, how=how_to_change(self.catalogue, self.register, column.shows)
            )
            return
        stage = self.register.stage_of(form.code)
        ahead, fixed = list[_Edit](), list[_Edit]()
        if stage is not None and form is not self.register.base:
            decides, signs = leads_on(stage, column.shows), names_signer(stage, form, column.shows)
            about = {"stage": stage.title, "form": form.code, "field": column.shows}
            ahead = [each for each in edits if is_ahead(self._entry(each), stage, form, was_blank=each.was is None)]
            if ahead:
                self._refuse("master.step", label, ahead, key=self._due(ahead, stage), **about)
            fixed = [each for each in edits if each not in ahead and (decides or (signs and _replaces(each)))]
            for each in fixed:
                how = how_to_turn_back(self.register, self._entry(each), stage)
                self._refuse("master.decided", label, [each], how=how, **about)
        rest = [each for each in edits if each not in ahead and each not in fixed]
        if rest:
            self._take(form, column.shows, rest)

    def _entry(self, edit: _Edit) -> RecordState | None:
        return self.before.entry(self.register, edit.key)

    def _due(self, edits: Sequence[_Edit], stage: Stage) -> str:
        """Return the key of the one record that *edits* are of and that waits for *stage*: once that is done the matter is
        over. "" when there is none, or several.
        """
        keys = {each.key for each in edits}
        entry = self._entry(edits[0])
        return edits[0].key if len(keys) == 1 and entry is not None and entry.state == stage.state else ""

    def _take(self, form: Form, code: str, edits: Sequence[_Edit]) -> None:
        key = form.key.code
        keys: list[Raw] = [each.key for each in edits]
        at = self.page.columns[next(label for label, each in self.columns.items() if each.shows == key)]
        self.reading.extracts.append(
            Extract(
                form.code,
                self.submission,
                self.file,
                self.page.title,
                Layout.LIST,
                [each.cell for each in edits],
                {key: keys, code: [each.raw for each in edits]},
                {key: [pack(each.row, at) for each in edits], code: [each.cell for each in edits]},
                tokens=[embedded_metadata.token(each.key, each.version) for each in edits],
                partial=True,
                single=True,
                prefilled=True,  # the key was not touched
            )
        )

    def _refuse(self, rule: str, label: str, edits: Sequence[_Edit], **details: object) -> None:
        first = edits[0]
        told = [f"{cell_name(each.cell)} {each.title}".rstrip() for each in edits[:_SHOWN]]
        was = _plain(first.was)
        self._find(
            rule,
            first.cell,
            value=quote(first.raw),
            column=label,
            count=len(edits),
            cells="、".join(told) + ("…" if len(edits) > _SHOWN else ""),
            wished=_or_blank(quote(first.raw)),
            now=_or_blank(was),
            **{KEPT: was},
            **details,
        )

    def _find(self, rule: str, cell: int | None, **about: object) -> None:
        where = cell_name(cell) if cell is not None else ""
        self.reading.findings.append(
            found(rule, file=self.file, submission=self.submission, sheet=self.page.title, cell=where, **about)
        )


def _replaces(edit: _Edit) -> bool:
    """Tell whether *edit* puts another name in the place of one, and does not only spell it otherwise."""
    return edit.was is not None and plain_label(_plain(edit.raw)) != plain_label(_plain(edit.was))


def _or_blank(text: str) -> Localized:
    return Localized(text, text) if text else Localized("（空）", "(blank)")


def _same(raw: Raw, written: Cell) -> bool:
    return raw == written or _plain(raw) == _plain(storable(written))


def _plain(value: Raw | Cell) -> str:
    """Return a cell as plain text, the same for all the ways in which programs save one value."""
    if isinstance(value, date):
        return as_written(value).strip()
    return as_written(value).replace("\r\n", "\n").replace("\r", "\n").strip()

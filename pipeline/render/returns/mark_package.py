"""An .xlsx or .xlsm, marked: all that is not understood in it stays as it was, byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from pipeline.domain import embedded_metadata
from pipeline.domain.place import cell_name
from pipeline.render.returns.cells import SheetCells
from pipeline.render.returns.comments import add_comments, drop_comments
from pipeline.render.returns.first_sheet import explaining_sheet, hidden_sheet
from pipeline.render.returns.marking import MENDED, WRONG, CellMark, Marking, Tint, UnmarkableError, long_lists
from pipeline.render.returns.package import OFFICE, Parts, main_tag
from pipeline.render.returns.styles import Styles
from pipeline.render.xlsx.safe_text import sheet_titles
from schemas.language import Language

_Element = etree._Element

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_WORST_FIRST = list(Tint)
_MACROS = "macroEnabled"
_FILL = "fill:"
_TINTS = frozenset(Tint)
_COLOR = re.compile(r"[0-9A-F]{8}|(?:theme|indexed):\d{1,3}:-?\d(?:\.\d{1,20})?")


def mark_package(content: bytes, marking: Marking, brought: Mapping[str, str]) -> tuple[bytes, str]:
    """Return the workbook in *content* with *marking*, and the suffix that it must have.

    *brought* is what it carried already. Raise UnmarkableError when it is built in a way that cannot be marked.
    """
    try:
        parts = Parts(content)
        return _Marked(parts, brought).mark(marking), ".xlsm" if _MACROS in parts.type_of(parts.book) else ".xlsx"
    except (ValueError, KeyError, IndexError, etree.LxmlError) as error:
        raise UnmarkableError(str(error)) from error


class _Marked:
    def __init__(self, parts: Parts, brought: Mapping[str, str]) -> None:
        self.parts = parts
        self.brought = brought
        self.below: dict[str, str] = {}
        """What the marks hide: carried, so that they can be taken off again."""
        self.title = ""
        """Of the explaining page."""
        self.workbook = parts.xml(parts.book)
        listed = self.workbook.find(main_tag("sheets"))
        if listed is None:
            raise UnmarkableError("no list of sheets")
        self.listed = listed
        styles = next((target for _, kind, target in parts.relations(parts.book) if kind == "styles"), "")
        self.styles = Styles(parts.xml(styles))

    def mark(self, marking: Marking) -> bytes:
        sheets = dict(self._sheets())
        ours = [title for title in sheets if embedded_metadata.skip_entry(title) in self.brought]
        for title, part in sheets.items():
            if embedded_metadata.SUBMISSION in self.brought and title not in ours and title != embedded_metadata.SHEET:
                self._unmark(title, part)
        for title, marks in marking.cells.items():
            if title in sheets:
                self._mark_sheet(title, sheets[title], marks, marking.language)
        self._explain(marking, sheets, self._earlier_page(marking, sheets))
        self._carry(marking, sheets)
        return self.parts.pack()

    def _sheets(self) -> Iterator[tuple[str, str]]:
        parts = {relation: (kind, target) for relation, kind, target in self.parts.relations(self.parts.book)}
        for each in self.listed:
            kind, target = parts.get(each.get(f"{{{OFFICE}}}id") or "", ("", ""))
            if kind == "worksheet" and target in self.parts:
                yield each.get("name") or "", target

    def _unmark(self, title: str, part: str) -> None:
        """Take off the marks with which the sheet went back before."""
        drop_comments(self.parts, part)
        cells = SheetCells(self.parts.xml(part))
        below = dict(line.split("=", 1) for line in self.brought.get(_FILL + title, "").split("\n") if "=" in line)
        for cell, style in list(cells.styled()):
            if self.styles.color(style) in _TINTS:
                color = below.get(cell_name(cell), "")
                cells.put_style(cell, self.styles.tinted(style, color if _COLOR.fullmatch(color) else ""))

    def _mark_sheet(self, title: str, part: str, marks: Sequence[CellMark], language: Language) -> None:
        cells = SheetCells(self.parts.xml(part))
        worst: dict[int, Tint] = {}
        texts: dict[int, list[str]] = {}
        for mark in marks:
            cell = cells.anchor(mark.cell)
            worst[cell] = min(worst.get(cell, mark.tint), mark.tint, key=_WORST_FIRST.index)
            if mark.comment:
                texts.setdefault(cell, []).append(mark.comment)
        below = []
        for cell, tint in sorted(worst.items()):
            style = cells.style(cell)
            if color := self.styles.color(style):
                below.append(f"{cell_name(cell)}={color}")
            cells.put_style(cell, self.styles.tinted(style, tint))
        self.below[_FILL + title] = "\n".join(below)
        said = {
            cell: "\n".join(((MENDED if worst[cell] is Tint.REPAIR else WRONG).to(language), *dict.fromkeys(lines)))
            for cell, lines in texts.items()
        }
        add_comments(self.parts, part, said)

    def _earlier_page(self, marking: Marking, sheets: Mapping[str, str]) -> str:
        """Return the title of the page by which it was explained when it went back before; "" when it never did."""
        if embedded_metadata.SUBMISSION not in self.brought:
            return ""
        titles = (marking.page.title, *marking.page.earlier_titles)
        known = (each for each in titles if each in sheets and embedded_metadata.skip_entry(each) in self.brought)
        return next(known, "")

    def _explain(self, marking: Marking, sheets: Mapping[str, str], earlier: str) -> None:
        titles = {title: title for title in sheets}
        page = explaining_sheet(marking.page, titles, self.styles)
        taken = [each.get("name") or "" for each in self.listed]
        if earlier:
            at = taken.index(earlier)
            others = taken[:at] + taken[at + 1 :]
            self.title = sheet_titles([*others, marking.page.title])[-1]
            self._rename(at, earlier)
            self.parts.put(sheets[earlier], page)
            self._show(at)
            return
        self.title = sheet_titles([*taken, marking.page.title])[-1]
        self._add_sheet(self.title, page, first=True)
        for name in self.workbook.iterfind(f"{main_tag('definedNames')}/{main_tag('definedName')}"):
            if name.get("localSheetId") is not None:
                name.set("localSheetId", str(int(name.get("localSheetId") or 0) + 1))
        self._show(0)

    def _rename(self, number: int, before: str) -> None:
        """Call the explaining page as it is called now; what office programs name after its filter falls away with it."""
        if before == self.title:
            return
        self.listed[number].set("name", self.title)
        self.brought = {
            each: value for each, value in self.brought.items() if each != embedded_metadata.skip_entry(before)
        }
        names = self.workbook.find(main_tag("definedNames"))
        if names is not None:
            for each in list(names):
                if (each.text or "").startswith((f"{before}!", f"'{before}'!")):
                    names.remove(each)
            if not len(names):
                self.workbook.remove(names)

    def _show(self, number: int) -> None:
        """Have the workbook open at the sheet *number*, no other sheet selected with it."""
        for view in self.workbook.iterfind(f"{main_tag('bookViews')}/{main_tag('workbookView')}"):
            view.set("activeTab", str(number))
            view.attrib.pop("firstSheet", "")
        shown = self.listed[number].get(f"{{{OFFICE}}}id")
        for relation, kind, target in list(self.parts.relations(self.parts.book)):
            if relation == shown or not kind.endswith("sheet") or target not in self.parts:
                continue
            if b"tabSelected" in self.parts.bytes_of(target):
                for view in self.parts.xml(target).iter(main_tag("sheetView")):
                    view.attrib.pop("tabSelected", "")

    def _carry(self, marking: Marking, sheets: Mapping[str, str]) -> None:
        kept = {name: value for name, value in self.brought.items() if not name.startswith(_FILL)}
        pairs = {
            **({} if embedded_metadata.SUBMISSION in kept else marking.lineage),
            **kept,
            **{name: value for name, value in self.below.items() if value},
            **marking.metadata,
            embedded_metadata.skip_entry(self.title): "",
        }
        pairs.setdefault(embedded_metadata.KIND, marking.kind)
        content = hidden_sheet(pairs, long_lists(marking.page))
        if embedded_metadata.SHEET in sheets:
            self.parts.put(sheets[embedded_metadata.SHEET], content)
        else:
            self._add_sheet(embedded_metadata.SHEET, content, first=False)

    def _add_sheet(self, title: str, content: bytes, *, first: bool) -> None:
        name = self.parts.free_name("xl/worksheets/ruwang", ".xml")
        self.parts.put(name, content)
        self.parts.declare(name, _SHEET_TYPE)
        sheet = etree.Element(main_tag("sheet"), name=title)
        sheet.set("sheetId", str(1 + max((int(each.get("sheetId") or 0) for each in self.listed), default=0)))
        if not first:
            sheet.set("state", "veryHidden")
        sheet.set(f"{{{OFFICE}}}id", self.parts.relate(self.parts.book, "worksheet", name))
        self.listed.insert(0 if first else len(self.listed), sheet)

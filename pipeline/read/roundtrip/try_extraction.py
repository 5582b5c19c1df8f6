"""Tells whether a sheet that was cut out of a master opens as a workbook by itself: else no next master would."""

from __future__ import annotations

import io
import zipfile

from pipeline.domain import sheet_extraction

_BOOK = "xl/workbook.xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LISTED = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="{kind}" Target="/{target}"/>{more}</Relationships>'
)
_STYLED = f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="/{sheet_extraction.STYLES}"/>'
_BOOK_XML = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    f' xmlns:r="{_OFFICE}"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/{book}" ContentType="{kind}.sheet.main+xml"/>'
    '<Override PartName="/{sheet}" ContentType="{kind}.worksheet+xml"/>{styles}</Types>'
)
_STYLES_TYPE = f'<Override PartName="/{sheet_extraction.STYLES}" ContentType="{_SPREADSHEET}.styles+xml"/>'


def opens(content: bytes) -> bool:
    """Tell whether the sheet packed in *content* opens to its last cell, with its styles, drawings and tables."""
    import openpyxl  # seldom needed, and each worker would load it

    try:
        openpyxl.load_workbook(io.BytesIO(_workbook(content)))
    except Exception:  # whatever it stumbled over, another reader would too
        return False
    return True


def _workbook(content: bytes) -> bytes:
    """Return a workbook around the sheet."""
    with zipfile.ZipFile(io.BytesIO(content)) as cut:
        parts = {name: cut.read(name) for name in cut.namelist()}
    sheet = parts.pop(sheet_extraction.SHEET).decode()
    styled = sheet_extraction.STYLES in parts
    parts |= {
        "_rels/.rels": _LISTED.format(kind=f"{_OFFICE}/officeDocument", target=_BOOK, more="").encode(),
        _BOOK: _BOOK_XML.encode(),
        sheet_extraction.relations_of(_BOOK): _LISTED.format(
            kind=f"{_OFFICE}/worksheet", target=sheet, more=_STYLED if styled else ""
        ).encode(),
        sheet_extraction.TYPES: _TYPES.format(
            book=_BOOK, sheet=sheet, kind=_SPREADSHEET, styles=_STYLES_TYPE if styled else ""
        ).encode(),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, held in parts.items():
            target.writestr(zipfile.ZipInfo(name), held)
    return buffer.getvalue()

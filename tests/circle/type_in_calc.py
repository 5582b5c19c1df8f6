"""Run by the system's own Python, which knows LibreOffice: opens workbooks, types into cells, saves them.

Reads one JSON object a line, {"source", "target", "typed": [[sheet, cell, text], ...]}, and answers "done" to each.
"" empties a cell. What is typed is taken as a person's typing is: 2026-11-03 becomes a date, digits become a number
unless the cell is formatted as text.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

OFFICE = ("soffice", "--headless", "--norestore", "--nologo", "--nodefault")
FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".xls": "MS Excel 97", ".ods": "calc8"}
TEXT = 256  # com.sun.star.util.NumberFormat.TEXT


def main() -> None:
    with tempfile.TemporaryDirectory() as profile:
        pipe = f"ruwang{Path(profile).name}"
        office = subprocess.Popen(
            [*OFFICE, f"-env:UserInstallation=file://{profile}", f"--accept=pipe,name={pipe};urp;"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            desktop = connect(pipe, office)
            for line in sys.stdin:
                type_in(desktop, **json.loads(line))
                sys.stdout.write("done\n")
                sys.stdout.flush()
            desktop.terminate()
            office.wait(timeout=30)
        finally:
            office.kill()


def type_in(desktop: Any, source: str, target: str, typed: list[list[str]]) -> None:
    book = desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, (prop("Hidden", True),))
    formats = book.getNumberFormats()
    for sheet, name, text in typed:
        cell = book.Sheets.getByName(sheet).getCellRangeByName(name)
        if formats.getByKey(cell.NumberFormat).Type & TEXT:
            cell.setString(text)
        else:
            cell.setFormula(text)
    book.storeToURL(Path(target).as_uri(), (prop("FilterName", FILTERS[Path(target).suffix]),))
    book.close(True)


def connect(pipe: str, office: subprocess.Popen[bytes]) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    while office.poll() in (None, 81):  # it restarts itself once, to make its profile
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.1)
        else:
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    raise SystemExit("LibreOffice did not start")


def prop(name: str, value: object) -> PropertyValue:
    given = PropertyValue()
    given.Name, given.Value = name, value
    return given


if __name__ == "__main__":
    main()

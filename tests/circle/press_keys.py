"""Run by the system's own Python, which knows LibreOffice: opens a workbook, goes to cells and presses keys as a person does,
so that what a cell refuses is refused.

Reads one JSON object, {"source", "sheet", "typed": [[cell, text], ...]}, and writes a list of what then stands in the cells.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import uno
from com.sun.star.awt import KeyEvent
from type_in_calc import OFFICE, connect, prop

RETURN = 1280  # com.sun.star.awt.Key.RETURN


def main() -> None:
    job = json.load(sys.stdin)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        pipe = f"ruwang{Path(profile).name}"
        office = subprocess.Popen(
            [*OFFICE, f"-env:UserInstallation=file://{profile}", f"--accept=pipe,name={pipe};urp;"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            connect(pipe, office)
            json.dump(pressed(pipe, **job), sys.stdout)
        finally:
            office.kill()


def pressed(pipe: str, source: str, sheet: str, typed: list[list[str]]) -> list[str]:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")

    def service(name: str) -> Any:
        return context.ServiceManager.createInstanceWithContext(f"com.sun.star.{name}", context)

    book = service("frame.Desktop").loadComponentFromURL(Path(source).as_uri(), "_blank", 0, ())
    page, frame = book.Sheets.getByName(sheet), book.CurrentController.Frame
    frame.ComponentWindow.setFocus()
    book.CurrentController.setActiveSheet(page)
    dispatch, keys = service("frame.DispatchHelper"), service("awt.Toolkit")
    found = []
    for cell, text in typed:
        dispatch.executeDispatch(frame, ".uno:GoToCell", "", 0, (prop("ToPoint", cell),))
        for code, char in [*((0, char) for char in text), (RETURN, "\r")]:
            event = KeyEvent()
            event.KeyCode, event.KeyChar, event.Source = code, uno.Char(char), frame.ContainerWindow
            keys.keyPress(event)
            keys.keyRelease(event)
            keys.processEventsToIdle()
        found.append(page.getCellRangeByName(cell).String)
    return found


if __name__ == "__main__":
    main()

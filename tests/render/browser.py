"""Headless Chromium, spoken to over a pipe (DevTools protocol): what a page looks like at a width, and what it complains of."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest

_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--remote-debugging-pipe",
)  # fmt: skip


class Browser:
    """One window. Use it in a ``with`` block; skips the test where there is no Chromium."""

    def __init__(self, profile: Path) -> None:
        program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        if program is None:
            pytest.skip("Chromium is not installed")
        theirs_in, self._out = os.pipe()
        self._in, theirs_out = os.pipe()

        def pipes() -> None:  # Chromium reads descriptor 3 and writes 4
            kept = os.dup(theirs_in), os.dup(theirs_out)
            os.dup2(kept[0], 3)
            os.dup2(kept[1], 4)

        self._process = subprocess.Popen(
            [program, *_FLAGS, f"--user-data-dir={profile}", "about:blank"],
            close_fds=False,
            preexec_fn=pipes,  # noqa: PLW1509 - no threads here
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self._number, self._held, self.complaints = 0, b"", []
        (target,) = [each for each in self._ask("Target.getTargets")["targetInfos"] if each["type"] == "page"]
        self._session = self._ask("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Log", "Runtime"):
            self._ask(f"{domain}.enable")

    def __enter__(self) -> Browser:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait(timeout=30)
        os.close(self._out)
        os.close(self._in)

    complaints: list[str]
    """What the console was told since the window opened: errors and warnings."""

    def open(self, path: Path, width: int, *, dark: bool = False) -> None:
        """Show the file at *path* in a window of *width* pixels."""
        self._ask(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600
        )
        scheme = "dark" if dark else "light"
        self._ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self._loaded = False
        self._ask("Page.navigate", url=path.as_uri())
        while not self._loaded:
            self._hear()

    def tab(self) -> None:
        """Press the Tab key, as somebody does who uses no mouse."""
        self._ask("Emulation.setFocusEmulationEnabled", enabled=True)
        for kind in ("rawKeyDown", "keyUp"):
            self._ask("Input.dispatchKeyEvent", type=kind, key="Tab", code="Tab", windowsVirtualKeyCode=9)

    def print_media(self) -> None:
        """Show the page as it is printed."""
        self._ask("Emulation.setEmulatedMedia", media="print")

    def picture(self, height: int) -> bytes:
        """Return the page from its top as a PNG, at most *height* pixels of it."""
        self._ask("Emulation.setScrollbarsHidden", hidden=True)
        height = min(height, self.value("document.documentElement.scrollHeight"))
        width = self.value("document.documentElement.clientWidth")
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        shot = self._ask("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
        return base64.b64decode(shot["data"])

    def value(self, expression: str) -> Any:
        """Return what *expression* is on the page."""
        answer = self._ask("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    _session = ""
    _loaded = False

    def _ask(self, method: str, **about: Any) -> Any:
        self._number += 1
        asked = {"id": self._number, "method": method, "params": about}
        if self._session:
            asked["sessionId"] = self._session
        os.write(self._out, json.dumps(asked).encode() + b"\0")
        while True:
            heard = self._hear()
            if heard.get("id") == self._number:
                assert "error" not in heard, heard
                return heard["result"]

    def _hear(self) -> dict[str, Any]:
        while b"\0" not in self._held:
            more = os.read(self._in, 1 << 16)
            assert more, "Chromium has gone"
            self._held += more
        one, _, self._held = self._held.partition(b"\0")
        heard: dict[str, Any] = json.loads(one)
        if heard.get("method") == "Page.loadEventFired":
            self._loaded = True
        if heard.get("method") in ("Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled"):
            self.complaints.append(json.dumps(heard["params"], ensure_ascii=False))
        return heard

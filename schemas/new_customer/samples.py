"""Two days of an office that takes in new retailers. The shops and people are made up; some cells are wrong on purpose."""

from __future__ import annotations

from datetime import date

from schemas.language.sample import Cells, Filled, OldStyle, Returned, Scene
from schemas.roster.samples import AREAS, PEOPLE

_ADMIN_SHEET: tuple[Cells, ...] = (
    {
        "licence_no": "131123100018",
        "customer_name": "惠民超市",
        "principal": "张三喜",
        "resident_id": "131123198003120013",
        "contact_phone": "13932820018",
        "shop_address": "武强县周窝镇周窝村12号",
        "market_type": "乡村",
        "trade_type": "超市",
        "valid_from": "2024-03-05",
        "valid_until": "2029-03-04",
        "registered_on": "2026-11-02",
        "filled_by": "李敏",
    },
    {
        "licence_no": "131123100026",
        "customer_name": "平安街烟酒店",
        "principal": "赵国庆",
        "resident_id": "13112319751120012X",
        "credit_code": "92131123MA0AY4CL1D",
        "contact_phone": "0318-3832100",
        "shop_address": "武强镇平安街28号",
        "area_of_shop": "武强镇",
        "market_type": "城镇",
        "trade_type": "烟酒店",
        "valid_from": "2025-06-01",
        "valid_until": "2030-05-31",
        "registered_on": "2026-11-02",
        "filled_by": "李敏",
    },
    {
        "licence_no": "131123100034",
        "customer_name": "小芳食杂店",
        "principal": "孙小芳",
        "resident_id": "131123198807051237",  # last digit mistyped
        "contact_phone": "13932820034",
        "shop_address": "武强县豆村镇豆村",
        "market_type": "乡村",
        "trade_type": "食杂店",
        "valid_from": "2025-01-10",
        "valid_until": "2030-01-09",
        "registered_on": "2026-11-02",
        "filled_by": "李敏",
    },
    {
        "licence_no": "131123200011",
        "customer_name": "武强县供销便利店有限公司",
        "principal": "周建平",
        "credit_code": "92131123MA02TH3BJ0",
        "contact_phone": "13932820042",
        "shop_address": "武强县东孙庄镇吉家屯",
        "market_type": "乡村",
        "trade_type": "便利店",
        "valid_from": "2025-02-30",  # no such day
        "valid_until": "2030-02-27",
        "registered_on": "2026-11-02",
        "filled_by": "李敏",
    },
)

_MENDED: dict[str, Cells] = {
    "131123100034": {"resident_id": "131123198807051236"},
    "131123200011": {"valid_from": "2025-02-28"},
}

_OFFICE_LIST = OldStyle(
    "武强镇新入网户.xlsx",
    "11月",
    (
        ("武强县新入网户信息登记表", None, None, None, None, None, None, None, None),
        ("填报单位：武强镇", None, None, None, None, None, "2026年11月2日", None, None),
        (
            "序号",
            "店铺名称",
            "专卖证号",
            "经营者",
            "订货电话",
            "经营场所",
            "业态",
            "市场类型",
            "有效期限",
        ),
        (
            1,
            "老城便利",
            "１３１１２３１０００４２",
            "马 丽",
            13932820042,
            "武强镇新开街5号",
            "便利",
            "城镇",
            "2024.3.5至2029.3.4",
        ),
        (
            2,
            "新开烟酒",
            "131123100050",
            "郭永强",
            "139 3282 0050",
            "同上",
            "烟酒店",
            "城镇",
            "2025年3月3日-2030年3月2日",
        ),
        (
            3,
            "聚福商店",
            "131123100069",
            "何聚福",
            "1393282006",
            "武强镇城关北街",
            "食杂店",
            "城镇",
            "2023/5/1～2028/4/30",
        ),
        (
            4,
            "红旗超市",
            "131123100077",
            "白云飞",
            "13932820077",
            "街关镇街关村",
            "超市",
            "乡村",
            "2021-10-01至2026-09-30",
        ),
        ("合计", 4, None, None, None, None, None, None, None),
        ("填表人：李敏", None, None, None, None, "审核：", None, None, None),
    ),
    ("A1:I1",),
)

_PHONE_LIST = OldStyle(
    "北代登记.xlsx",
    "Sheet1",
    (
        (
            "客户名称",
            "许可证号",
            "负责人",
            "手机号码",
            "地址",
            "零售业态",
            "市场类型",
            "有效期起",
            "有效期止",
            "门头照片",
        ),
        (
            "皇甫商店",
            "131123100085",
            "皇甫松",
            "13932820085",
            "北代镇皇甫村",
            "食杂店",
            "农村",
            date(2024, 8, 1),
            date(2029, 7, 31),
            "有",
        ),
        (
            "河东小卖部",
            "131123100093",
            "陈河东",
            "13932820093",
            "饶阳县大尹村镇",
            "食杂店",
            "农村",
            date(2024, 8, 1),
            date(2029, 7, 31),
            "无",
        ),
    ),
)

_CARD = OldStyle(
    "登记卡-音乐小镇咖啡.xlsx",
    "登记卡",
    (
        ("新入网户登记表", None, None, None),
        ("许可证号", "131123100107", "企业（字号）名称", "音乐小镇咖啡屋"),
        ("法定代表人", "刘音", "身份证号码", "131123199209180446"),
        ("联系电话（手机）", "13932820107", "所属乡镇", "周窝镇"),
        ("经营地址", "周窝镇音乐小镇8号", None, None),
        ("市场类型", "□城镇 ☑乡村", "零售业态", "娱乐服务类"),
        ("有效期限", "2025-05-20至2030-05-19", None, None),
        ("登记日期", "2026-11-02", "填表人", "李敏"),
    ),
    ("A1:D1", "B5:D5", "B7:D7"),
)

_VISIT: Cells = {
    "trading_district": "居民区",
    "shop_scale": "中",
    "order_way": "网上订货",
    "pay_way": "电子结算",
    "order_day": "周二",
    "delivery_route": "03线",
    "customer_grade": 12,
    "policy_told": "已完成",
    "supply_told": "已完成",
    "ordering_told": "已完成",
    "verified_on": date(2026, 11, 4),
    "verified_by": "李秀英",
}

SCENES = (
    Scene(
        date(2026, 11, 2),
        "第一天：人员表、辖区表、三张登记表和一张登记卡",
        (
            PEOPLE,
            AREAS,
            Filled("新入网户登记表.xlsx", "registration", _ADMIN_SHEET),
            _OFFICE_LIST,
            _PHONE_LIST,
            _CARD,
        ),
    ),
    Scene(
        date(2026, 11, 4),
        "第二天上午：改好的登记表，和李秀英填好的任务表",
        (
            Filled(
                "新入网户登记表.xlsx",
                "registration",
                tuple({**cells, **_MENDED.get(str(cells["licence_no"]), {})} for cells in _ADMIN_SHEET),
            ),
            Returned(
                "李秀英 已填.xlsx",
                "K02",
                {
                    "131123100018": {**_VISIT, "verdict": "属实"},
                    "131123100107": {
                        **_VISIT,
                        "verdict": "信息有误",
                        "contact_phone": "13932829107",
                        "trading_district": "旅游景区",
                        "shop_scale": "小",
                        "verification_note": "电话已换",
                    },
                },
            ),
        ),
    ),
    Scene(
        date(2026, 11, 4),
        "第二天下午：赵敏审核，一户通过，一户退回",
        (
            Returned(
                "赵敏 审核.xlsx",
                "S01",
                {
                    "131123100018": {
                        "conclusion": "通过",
                        "opinion": "资料齐全",
                        "reviewed_on": date(2026, 11, 4),
                        "reviewed_by": "赵敏",
                    },
                    "131123100107": {
                        "conclusion": "退回",
                        "opinion": "请补拍门头照片",
                        "reviewed_on": date(2026, 11, 4),
                        "reviewed_by": "赵敏",
                    },
                },
            ),
        ),
    ),
)

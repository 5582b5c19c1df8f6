"""疑似重复: two customers that may be one shop, side by side, and the market manager's answer."""

from __future__ import annotations

from schemas.language import (
    CombinedMatch,
    DuplicateRule,
    Field,
    FieldRole,
    Kind,
    Localized,
    Option,
    Pairs,
    Register,
    Side,
    Stage,
    State,
    Transition,
)
from schemas.language.model import Date, FormModel, Text, describe, field, form
from schemas.new_customer import shared
from schemas.roster.roles import MARKET_MANAGER

SAME = Option("same_shop", Localized("同一户", "The same"), ("同一家", "是同一户", "重复"))
DIFFERENT = Option("different_shops", Localized("不同户", "Different"), ("不是同一户", "两户", "不重复"))
ONE_RENEWED = Option("renewed_shop", Localized("同一户换证", "A renewal"), ("换证", "换了新证"))

DUPLICATES = DuplicateRule(
    exact=("resident_id", "credit_code", "contact_phone"),
    combined=(
        CombinedMatch(
            ("customer_name", "shop_address"),
            least=2,
            weak=(
                "有限责任公司",
                "有限公司",
                "个体工商户",
                "超级市场",
                "超市",
                "便利店",
                "便利超市",
                "生活超市",
                "商店",
                "商行",
                "商贸",
                "门市部",
                "门市",
                "经销部",
                "经营部",
                "烟酒店",
                "烟酒行",
                "烟酒",
                "食杂店",
                "副食店",
                "副食",
                "小卖部",
                "百货",
            ),
        ),
    ),
)


class SuspectedPair(FormModel, form=form("twin_pair", "疑似重复登记", "Suspected duplicate")):
    """Two customers that may be one. The program fills it: nobody hands it in."""

    pair_no: Text = shared.pair_no()
    pair_names: Text = field("疑似客户", "Both names", means=FieldRole.TITLE, example="惠民超市 / 惠民便利店")
    pair_evidence: Text = field("疑似依据", "What speaks for it", example="联系电话相同；经营地址相近")
    first_licence_no: Text = field("甲许可证号", "Licence No (A)", kind=Kind.CODE, example="131123100018")
    second_licence_no: Text = field("乙许可证号", "Licence No (B)", kind=Kind.CODE, example="131123100026")
    first_name: Text = field("甲客户名称", "Customer (A)", example="惠民超市")
    second_name: Text = field("乙客户名称", "Customer (B)", example="惠民便利店")
    first_principal: Text = field("甲负责人", "Principal (A)", example="张三")
    second_principal: Text = field("乙负责人", "Principal (B)", example="张三")
    first_address: Text = field("甲经营地址", "Shop address (A)", example="武强县周窝镇周窝村12号")
    second_address: Text = field("乙经营地址", "Shop address (B)", example="周窝村12号")
    first_phone: Text = field("甲联系电话", "Phone (A)", kind=Kind.PHONE, private=True, example="13932810018")
    second_phone: Text = field("乙联系电话", "Phone (B)", kind=Kind.PHONE, private=True, example="13932810018")
    first_resident_id: Text = field(
        "甲身份证号", "Resident ID (A)", kind=Kind.CODE, private=True, example="131123198001010013"
    )
    second_resident_id: Text = field(
        "乙身份证号", "Resident ID (B)", kind=Kind.CODE, private=True, example="131123198001010013"
    )
    first_credit_code: Text = field(
        "甲统一社会信用代码", "Credit code (A)", kind=Kind.CODE, example="92131123MA0A1B2C3L"
    )
    second_credit_code: Text = field(
        "乙统一社会信用代码", "Credit code (B)", kind=Kind.CODE, example="92131123MA0A1B2C3L"
    )
    pair_area: Text = field("疑似户所属区域", "Area of the pair", means=FieldRole.AREA, example="周窝镇")


class Judgement(FormModel, form=form("twin_judgement", "重复核对表", "Duplicate check", titles=("疑似重复核对表",))):
    """The answer to one pair."""

    pair_no: Text = shared.pair_no()
    same_or_not: Text = field(
        "核对结论",
        "Answer",
        required=True,
        options=(SAME, DIFFERENT, ONE_RENEWED),
        help=Localized(
            "同一户只换了新证的选“同一户换证”，两个号码会关联；答过的不再问，除非又有新的依据",
            "A renewal links both numbers; not asked again, unless more speaks for it",
        ),
    )
    judgement_note: Text = field("核对说明", "Note", example="同一店主的两个门店")
    judged_on: Date = shared.step_day(
        "核对日期", "Judged on", required=True, means=FieldRole.DONE_ON, example="2026-11-05"
    )
    judged_by: Text = field("核对人", "Judged by", required=True, means=FieldRole.ACTOR, example="赵敏")


DOUBTFUL = State("doubtful", Localized("待核对", "To judge"))
TO_MERGE = State("to_merge", Localized("待合并", "To merge"))
MERGED = State("merged", Localized("已合并", "Merged"), final=True)
RENEWED_PAIR = State("pair_renewed", Localized("已按换证关联", "Linked as a renewal"), final=True)
NOT_THE_SAME = State("not_the_same", Localized("不同户", "Different"), final=True)
GONE = State("no_suspicion", Localized("已消除", "No suspicion"), final=True)

JUDGE = Stage(
    code="judge_pair",
    title=Localized("疑似重复客户核对", "Duplicates"),
    role=MARKET_MANAGER.code,
    form="twin_judgement",
    state=DOUBTFUL.code,
    days=3,
    transitions=(
        Transition(TO_MERGE.code, when=(("same_or_not", (SAME.code,)),)),
        Transition(NOT_THE_SAME.code, when=(("same_or_not", (DIFFERENT.code,)),)),
        Transition(RENEWED_PAIR.code, when=(("same_or_not", (ONE_RENEWED.code,)),)),
    ),
    task=Localized(
        "核对下列各对客户是不是同一户：填“同一户”“不同户”，换了新证的填“同一户换证”；程序不会自行合并",
        "Judge whether each two of these customers are the same shop, or one with a renewed licence; nothing is merged by "
        "itself",
    ),
)
MERGE = Stage(
    code="merge_pair",
    title=Localized("合并", "Merge"),
    role=MARKET_MANAGER.code,
    state=TO_MERGE.code,
    days=5,
)

PAIR_REGISTER = Register(
    code="twin_pairs",
    title=Localized("疑似重复", "Suspected duplicates"),
    forms=(describe(SuspectedPair), describe(Judgement)),
    states=(DOUBTFUL, TO_MERGE, MERGED, RENEWED_PAIR, NOT_THE_SAME, GONE),
    stages=(JUDGE, MERGE),
    pairs=Pairs(
        of="customers",
        sides=(
            Side("licence_no", "first_licence_no", "second_licence_no"),
            Side("customer_name", "first_name", "second_name"),
            Side("principal", "first_principal", "second_principal"),
            Side("shop_address", "first_address", "second_address"),
            Side("contact_phone", "first_phone", "second_phone"),
            Side("resident_id", "first_resident_id", "second_resident_id"),
            Side("credit_code", "first_credit_code", "second_credit_code"),
        ),
        evidence="pair_evidence",
        outcome=Field("pair_outcome", Localized("自动了结原因", "Settled because")),
        doubtful=DOUBTFUL.code,
        same=TO_MERGE.code,
        different=NOT_THE_SAME.code,
        merged=MERGED.code,
        gone=GONE.code,
        renewed=RENEWED_PAIR.code,
        remedy=Localized(
            "保留一个许可证号，另一个交信息变更表（变更类型填“注销”）；注销后本条自动了结",
            "Keep one licence and hand in a change sheet (cancel) for the other; this then settles itself",
        ),
    ),
)

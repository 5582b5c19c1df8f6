"""新入网客户信息管理: a newly licensed retailer joins the ordering network."""

from schemas.language import (
    DataQuality,
    Field,
    Handover,
    Kind,
    Localized,
    Procedure,
    Register,
    Renewal,
    Running,
    Stage,
    State,
    Transfer,
    Transition,
)
from schemas.language.model import describe
from schemas.language.work import Derived
from schemas.new_customer import shared
from schemas.new_customer.change import CANCELLED, CHANGED, RESUMED, SUSPENDED, CustomerChange
from schemas.new_customer.class_code import class_code
from schemas.new_customer.moved_away import MOVED_AWAY
from schemas.new_customer.registration import Registration
from schemas.new_customer.review import PASSED, SENT_BACK, Review
from schemas.new_customer.suspected_duplicates import DUPLICATES, PAIR_REGISTER
from schemas.new_customer.verification import AS_STATED, CORRECTED, NO_SUCH_SHOP, NOT_DONE, Verification
from schemas.roster.roles import ACCOUNT_MANAGER, ADMINISTRATOR, MARKET_MANAGER

UNASSIGNED = State("unassigned", Localized("待分配", "To assign"))
TO_VERIFY = State("to_verify", Localized("待核实", "To verify"))
TO_REVIEW = State("to_review", Localized("待审核", "To review"))
ARCHIVED = State("archived", Localized("已归档", "Archived"), final=True)
PAUSED = State("paused", Localized("停业", "Suspended"), paused=True)
CLOSED = State("closed", Localized("已注销", "Cancelled"), final=True, closed=True)
RENEWED = State("renewed", Localized("已换证", "Renewed"), final=True, closed=True)

REGISTER = Stage(
    code="register",
    title=Localized("登记", "Register"),
    role=ADMINISTRATOR.code,
    form="registration",
    expects_role=True,
    transitions=(Transition(UNASSIGNED.code),),
)
ASSIGN = Stage(
    code="assign",
    title=Localized("分配", "Assign"),
    role=MARKET_MANAGER.code,
    state=UNASSIGNED.code,
    days=1,
    transitions=(Transition(TO_VERIFY.code),),
)
VERIFY = Stage(
    code="verify",
    title=Localized("核实", "Verify"),
    role=ACCOUNT_MANAGER.code,
    form="verification",
    state=TO_VERIFY.code,
    days=3,
    transitions=(Transition(TO_REVIEW.code),),
    on_site=True,
    task=Localized(
        "上门核实下列客户：基本信息有误的直接改，白色格填经营信息，并宣传政策、介绍货源和订货程序",
        "Visit these customers: correct basic data in place, fill the open cells, explain policy, supply and ordering",
    ),
)
_UNTOLD = Localized(
    "政策宣传、货源介绍或订货程序未完成，请退回，由客户经理补做",
    "Policy, supply or ordering was not explained: send it back, for the account manager to do so",
)
REVIEW = Stage(
    code="review",
    title=Localized("审核", "Review"),
    role=MARKET_MANAGER.code,
    form="review_sheet",
    state=TO_REVIEW.code,
    days=2,
    strict=True,
    not_by=("verified_by",),
    transitions=(
        Transition(
            "",
            when=(("conclusion", (PASSED.code,)),),
            known=(("verdict", (NO_SUCH_SHOP.code,)),),
            why=Localized(
                "核实结果为“查无此户”，请退回并写明原因", "The shop was not found: send it back with a reason"
            ),
        ),
        *(
            Transition("", when=(("conclusion", (PASSED.code,)),), known=((told, (NOT_DONE.code,)),), why=_UNTOLD)
            for told in ("policy_told", "supply_told", "ordering_told")
        ),
        Transition(
            ARCHIVED.code,
            when=(("conclusion", (PASSED.code,)),),
            known=(("verdict", (AS_STATED.code, CORRECTED.code)),),
        ),
        Transition(TO_VERIFY.code, when=(("conclusion", (SENT_BACK.code,)),), back=True),
    ),
    task=Localized(
        "审核下列客户：通过的归档，退回的写明原因",
        "Review these customers: pass them, or send them back with a reason",
    ),
)

CHANGE = Stage(
    code="change",
    title=Localized("变更", "Change"),
    role=ADMINISTRATOR.code,
    form="change_sheet",
    ad_hoc=True,
    expects_role=True,
    transitions=(
        Transition("", when=(("change_kind", (CHANGED.code,)),), stays=True),
        Transition(PAUSED.code, when=(("change_kind", (SUSPENDED.code,)),)),
        Transition("", when=(("change_kind", (RESUMED.code,)),), resumes=True),
        Transition(CLOSED.code, when=(("change_kind", (CANCELLED.code,)),)),
    ),
)
RENEWAL = Renewal(
    same=("resident_id", "credit_code"),
    alike=("shop_address", "customer_name"),
    days=90,
    previous=Field("previous_licence_no", Localized("上一许可证号", "Previous licence"), Kind.CODE),
    following=Field("following_licence_no", Localized("换证后许可证号", "Following licence"), Kind.CODE),
    state=RENEWED.code,
)
WANTED = (
    "customer_name",
    "principal",
    "resident_id",
    "credit_code",
    "contact_phone",
    "shop_address",
    "market_type",
    "trade_type",
    "valid_from",
    "valid_until",
    "trading_district",
    "shop_scale",
    "order_way",
    "pay_way",
    "order_day",
    "delivery_route",
    "customer_grade",
)

PROCEDURE = Procedure(
    code="new_customer",
    title=Localized("新入网客户信息管理", "New retailers"),
    number="HSYC-JL-WQYC-YX-12",
    about=Localized(
        "新办证零售户登记、上门核实、审核归档，移交 EM 和 CRFM 系统",
        "Newly licensed retailers are registered, visited, reviewed, archived and handed over to EM and CRFM",
    ),
    roles=(MARKET_MANAGER, ACCOUNT_MANAGER, ADMINISTRATOR),
    introduces=True,
    registers=(
        Register(
            code="customers",
            title=Localized("客户", "Customers"),
            forms=(describe(Registration), describe(Verification), describe(Review), describe(CustomerChange)),
            states=(UNASSIGNED, TO_VERIFY, TO_REVIEW, ARCHIVED, PAUSED, CLOSED, RENEWED),
            stages=(REGISTER, ASSIGN, VERIFY, REVIEW, CHANGE),
            looks_at=("areas",),
            watches=(MOVED_AWAY,),
            derived=(
                Derived(
                    Field("customer_class", Localized("客户类别编码", "Class code"), Kind.CODE, goes_to=(shared.CRFM,)),
                    class_code,
                ),
            ),
            running=(
                Running(
                    Field("archive_no", Localized("档案号", "Archive No"), Kind.CODE, goes_to=(shared.EM, shared.CRFM)),
                    ARCHIVED.code,
                    "{year}-{serial:04d}",
                ),
            ),
            handovers=(
                Handover(shared.EM, Localized("EM 系统基础信息", "Basic data for EM"), (ARCHIVED.code,)),
                Handover(shared.CRFM, Localized("CRFM 系统经营信息", "Business data for CRFM"), (ARCHIVED.code,)),
            ),
            care=DataQuality(ACCOUNT_MANAGER.code, expires_within=30, wanted=WANTED),
            count_by=("market_type", "trade_type"),
            named_by=("customer_name", "contact_phone"),
            told=("customer_name", "principal"),
            told_to=("verified_by", "reviewed_by"),
            renewal=RENEWAL,
            transfer=Transfer(
                fields=("principal", "resident_id"),
                day=Field("transferred_on", Localized("转让日期", "Transferred on"), Kind.DATE),
            ),
            duplicate_rule=DUPLICATES,
        ),
        PAIR_REGISTER,
    ),
)

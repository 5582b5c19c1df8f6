"""新入网客户信息管理: a newly licensed retailer joins the ordering network."""

from schemas.language import (
    Care,
    Field,
    Handover,
    Kind,
    Move,
    Procedure,
    Register,
    Running,
    Stage,
    State,
    Succession,
    Transfer,
    Words,
)
from schemas.language.model import describe
from schemas.language.work import Derived
from schemas.new_customer import shared
from schemas.new_customer.change import CANCELLED, CHANGED, RESUMED, SUSPENDED, CustomerChange
from schemas.new_customer.class_code import class_code
from schemas.new_customer.registration import Registration
from schemas.new_customer.review import PASSED, SENT_BACK, Review
from schemas.new_customer.twins import PAIR_REGISTER, TWINS
from schemas.new_customer.verification import AS_STATED, CORRECTED, NO_SUCH_SHOP, Verification
from schemas.roster.roles import ACCOUNT_MANAGER, ADMINISTRATOR, MARKET_MANAGER

UNASSIGNED = State("unassigned", Words("待分配", "To assign"))
TO_VERIFY = State("to_verify", Words("待核实", "To verify"))
TO_REVIEW = State("to_review", Words("待审核", "To review"))
ARCHIVED = State("archived", Words("已归档", "Archived"), final=True)
PAUSED = State("paused", Words("停业", "Suspended"), paused=True)
CLOSED = State("closed", Words("已注销", "Cancelled"), final=True, closed=True)
RENEWED = State("renewed", Words("已换证", "Renewed"), final=True, closed=True)

REGISTER = Stage(
    code="register",
    title=Words("登记", "Register"),
    role=ADMINISTRATOR.code,
    form="registration",
    moves=(Move(UNASSIGNED.code),),
)
ASSIGN = Stage(
    code="assign",
    title=Words("分配", "Assign"),
    role=MARKET_MANAGER.code,
    state=UNASSIGNED.code,
    days=1,
    moves=(Move(TO_VERIFY.code),),
)
VERIFY = Stage(
    code="verify",
    title=Words("核实", "Verify"),
    role=ACCOUNT_MANAGER.code,
    form="verification",
    state=TO_VERIFY.code,
    days=3,
    moves=(Move(TO_REVIEW.code),),
    task=Words(
        "上门核实下列客户：基本信息有误的直接改，白色格填经营信息，并宣传政策、介绍货源和订货程序",
        "Visit these customers: correct basic data in place, fill the open cells, explain policy, supply and ordering",
    ),
)
REVIEW = Stage(
    code="review",
    title=Words("审核", "Review"),
    role=MARKET_MANAGER.code,
    form="review_sheet",
    state=TO_REVIEW.code,
    days=2,
    strict=True,
    moves=(
        Move(
            "",
            when=(("conclusion", (PASSED.code,)),),
            known=(("verdict", (NO_SUCH_SHOP.code,)),),
            why=Words("核实结果为“查无此户”，请退回并写明原因", "The shop was not found: send it back with a reason"),
        ),
        Move(
            ARCHIVED.code,
            when=(("conclusion", (PASSED.code,)),),
            known=(("verdict", (AS_STATED.code, CORRECTED.code)),),
        ),
        Move(TO_VERIFY.code, when=(("conclusion", (SENT_BACK.code,)),), back=True),
    ),
    task=Words(
        "审核下列客户：通过的归档，退回的写明原因",
        "Review these customers: pass them, or send them back with a reason",
    ),
)

CHANGE = Stage(
    code="change",
    title=Words("变更", "Change"),
    role=ADMINISTRATOR.code,
    form="change_sheet",
    anytime=True,
    moves=(
        Move("", when=(("change_kind", (CHANGED.code,)),), stays=True),
        Move(PAUSED.code, when=(("change_kind", (SUSPENDED.code,)),)),
        Move("", when=(("change_kind", (RESUMED.code,)),), resumes=True),
        Move(CLOSED.code, when=(("change_kind", (CANCELLED.code,)),)),
    ),
)
RENEWAL = Succession(
    same=("resident_id", "credit_code"),
    alike=("shop_address", "customer_name"),
    days=90,
    previous=Field("previous_licence_no", Words("上一许可证号", "Previous licence"), Kind.CODE),
    following=Field("following_licence_no", Words("换证后许可证号", "Following licence"), Kind.CODE),
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
    title=Words("新入网客户信息管理", "New retailers"),
    number="HSYC-JL-WQYC-YX-12",
    about=Words(
        "新办证零售户登记、上门核实、审核归档，移交 EM 和 CRFM 系统",
        "Newly licensed retailers are registered, visited, reviewed, archived and handed over to EM and CRFM",
    ),
    roles=(MARKET_MANAGER, ACCOUNT_MANAGER, ADMINISTRATOR),
    introduces=True,
    registers=(
        Register(
            code="customers",
            title=Words("客户", "Customers"),
            forms=(describe(Registration), describe(Verification), describe(Review), describe(CustomerChange)),
            states=(UNASSIGNED, TO_VERIFY, TO_REVIEW, ARCHIVED, PAUSED, CLOSED, RENEWED),
            stages=(REGISTER, ASSIGN, VERIFY, REVIEW, CHANGE),
            derived=(
                Derived(
                    Field("customer_class", Words("客户类别编码", "Class code"), Kind.CODE, goes_to=(shared.CRFM,)),
                    class_code,
                ),
            ),
            running=(
                Running(
                    Field("archive_no", Words("档案号", "Archive No"), Kind.CODE, goes_to=(shared.EM, shared.CRFM)),
                    ARCHIVED.code,
                    "{year}-{serial:04d}",
                ),
            ),
            handovers=(
                Handover(shared.EM, Words("EM 系统基础信息", "Basic data for EM"), (ARCHIVED.code,)),
                Handover(shared.CRFM, Words("CRFM 系统经营信息", "Business data for CRFM"), (ARCHIVED.code,)),
            ),
            care=Care(ACCOUNT_MANAGER.code, expires_within=30, wanted=WANTED),
            count_by=("market_type", "trade_type"),
            succession=RENEWAL,
            transfer=Transfer(
                fields=("principal", "resident_id"),
                day=Field("transferred_on", Words("转让日期", "Transferred on"), Kind.DATE),
            ),
            twins=TWINS,
        ),
        PAIR_REGISTER,
    ),
)

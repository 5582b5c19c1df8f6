"""租约: on somebody's list 30 days before it ends, and renewed to a later day than the present one."""

from schemas.language import (
    Against,
    Comparison,
    FieldRole,
    Localized,
    Option,
    Procedure,
    Register,
    Stage,
    State,
    Transition,
    fields,
)
from schemas.language.ahead import ahead_of
from schemas.language.model import Date, FormModel, Text, describe, form

KEEPER = Option("lease_keeper", Localized("租约管理员", "Keeper of leases"))
RUNNING = State("lease_running", Localized("履行中", "Running"))
ENDING = State("lease_ending", Localized("将到期", "Ending"))
NEAR, WAIT = ahead_of(
    "lease_ends", 30, waiting=RUNNING, to=ENDING, role=KEEPER.code, words=Localized("将到期", "Ends soon")
)


class Lease(FormModel, form=form("lease", "租约登记表", "Lease")):
    lease_no: Text = fields.number("租约编号", "Lease No", "ZY01")
    lease_of: Text = fields.text("租用房屋", "Of", "东库房", means=FieldRole.TITLE)
    lease_ends: Date = fields.day("租约到期日", "Ends on", example="2027-11-02")


class Renewal(FormModel, form=form("lease_renewal", "租约续签表", "Lease renewed")):
    lease_no: Text = fields.number("租约编号", "Lease No", "ZY01")
    lease_ends: Date = fields.day("租约到期日", "Ends on", example="2028-11-02")
    renewed_by: Text = fields.done_by("续签人", "Renewed by")


PROCEDURE = Procedure(
    "leases",
    Localized("租约", "Leases"),
    roles=(KEEPER,),
    registers=(
        Register(
            "leases", Localized("租约", "Leases"), forms=(describe(Lease), describe(Renewal)), states=(RUNNING, ENDING, State("lease_over", Localized("已了结", "Over"), final=True)),
            derived=(NEAR,),
            stages=(
                Stage("list_lease", Localized("登记", "List"), KEEPER.code, "lease", transitions=(Transition(RUNNING.code),)),
                WAIT,
                Stage(
                    "renew_lease", Localized("续签", "Renew"), KEEPER.code, "lease_renewal", ENDING.code, due_by="lease_ends", renews=("lease_ends",),
                    against=(Against("lease_ends", Comparison.AFTER, "lease_ends"),), transitions=(Transition("lease_over"),),
                ),
            ),
        ),
    ),
)  # fmt: skip

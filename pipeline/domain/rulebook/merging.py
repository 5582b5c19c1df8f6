"""Rules of merging a record into its register: keys, steps, disagreements."""

from __future__ import annotations

from schemas.language import Localized, Rule, Severity

SAID_BEFORE = "step.said_before"
TAKEN_LATE = "step.late"
STEP_REFUSED = "step.refused"

MERGING: tuple[Rule, ...] = (
    Rule(
        "key.unknown",
        Severity.ERROR,
        Localized(
            "{label}“{value}”在“{register}”台账中没有登记", "{label} “{value}” is not in the register {register}"
        ),
        Localized("{how}", "{how}"),
        "131123199999",
    ),
    Rule(
        "key.twice",
        Severity.ERROR,
        Localized(
            "这次交来的表中“{title}”出现两次，{label}不一致：此处“{value}”，{other} 处“{theirs}”",
            "“{title}” comes twice in what was handed in and disagrees on {label}: “{value}” here, “{theirs}” at {other}",
        ),
        Localized(
            "两处核对后只留正确的一行，改好再放回收件夹；在此之前两行都不入台账",
            "Keep only the right row and drop the sheet again; until then neither row enters",
        ),
        "",
    ),
    Rule(
        STEP_REFUSED,
        Severity.ERROR,
        Localized(
            "“{title}”现为“{state}”，不能办理“{stage}”",
            "“{title}” is in state “{state}”: the step “{stage}” cannot be taken now",
        ),
        Localized("{why}", "{why}"),
        "",
    ),
    Rule(
        "step.not_so",
        Severity.ERROR,
        Localized("“{title}”的“{stage}”不能这样办", "The step “{stage}” of “{title}” cannot be taken so"),
        Localized("{why}", "{why}"),
        "",
    ),
    Rule(
        "key.other_title",
        Severity.WARNING,
        Localized(
            "{label}原来是“{was}”，这次交的是“{value}”，编号没有变：原来的已被替换",
            "{label} was “{was}” and is “{value}” on this sheet, with the same number: the earlier one is gone",
        ),
        Localized(
            "本来就是改正名称的选“知道了”；是另一件的，把原来的重新交来，这一件换一个编号",
            "Note it where the name was corrected; where it is another one, hand in the earlier one again and give this its own number",
        ),
        "",
    ),
    Rule(
        "step.day_before",
        Severity.ERROR,
        Localized(
            "{label}“{value}”早于{other}“{day}”，先后不对", "{label} “{value}” is before {other}, “{day}”: it cannot be"
        ),
        Localized(
            "核对后改正本单元格；如果是{other}填错了，先改那一处，再交本行",
            "Correct this cell; where {other} is wrong, have that corrected first, then hand in this row again",
        ),
        "2026-10-01",
    ),
    Rule(
        "step.at_most",
        Severity.ERROR,
        Localized("{label}“{value}”超过了{other}“{theirs}”", "{label} “{value}” is above {other}, “{theirs}”"),
        Localized(
            "核对后改小；如果是{other}不对，先改那一处，再交本行",
            "Correct it; where {other} is wrong, have that corrected first, then hand in this row again",
        ),
        "800",
    ),
    Rule(
        "step.at_least",
        Severity.ERROR,
        Localized("{label}“{value}”小于{other}“{theirs}”", "{label} “{value}” is below {other}, “{theirs}”"),
        Localized(
            "核对后改正；如果是{other}不对，先改那一处，再交本行",
            "Correct it; where {other} is wrong, have that corrected first, then hand in this row again",
        ),
        "800",
    ),
    Rule(
        "step.after",
        Severity.ERROR,
        Localized("{label}“{value}”不晚于{other}“{theirs}”", "{label} “{value}” is not after {other}, “{theirs}”"),
        Localized(
            "核对后改正；如果是{other}不对，先改那一处，再交本行",
            "Correct it; where {other} is wrong, have that corrected first, then hand in this row again",
        ),
        "2026-10-01",
    ),
    Rule(
        "step.not_before",
        Severity.ERROR,
        Localized("{label}“{value}”早于{other}“{theirs}”", "{label} “{value}” is before {other}, “{theirs}”"),
        Localized("核对后改正本单元格，再交本行", "Correct this cell, and hand in this row again"),
        "2026-10-01",
    ),
    Rule(
        "step.too_early",
        Severity.ERROR,
        Localized(
            "{label}“{value}”太早：“{title}”这一期从 {day} 才开始",
            "{label} “{value}” is too early: the period of “{title}” begins on {day}",
        ),
        Localized("核对后改正本单元格；这一期开始以后再办", "Correct this cell, or do it once its period has begun"),
        "2026-10-01",
    ),
    Rule(
        "step.another",
        Severity.ERROR,
        Localized(
            "{label}“{value}”就是{other}，应是另外的人", "{label} “{value}” is {other}, too: it has to be somebody else"
        ),
        Localized("改为另外的人，再交本行", "Name somebody else, and hand in this row again"),
        "孙涛",
    ),
    Rule(
        "step.same",
        Severity.ERROR,
        Localized(
            "按本行的答复，{label}应与{other}“{theirs}”相同，却填了“{value}”",
            "By the answer of this row {label} is the same as {other}, “{theirs}”, and yet it says “{value}”",
        ),
        Localized(
            "确实不同的，改答复；没有不同的，{label}填“{theirs}”，再交本行",
            "Change the answer where it differs, or give “{theirs}” as {label}, and hand in this row again",
        ),
        "2026-11-05 11:00",
    ),
    Rule(
        "step.day_after",
        Severity.ERROR,
        Localized(
            "{label}“{value}”晚于已办的{other}“{day}”，先后不对",
            "{label} “{value}” is after {other}, “{day}”, which is done: it cannot be",
        ),
        Localized("核对后改正本单元格，或恢复原来的日期", "Correct this cell, or restore the day that stood there"),
        "2026-12-01",
    ),
    Rule(
        "reference.unknown",
        Severity.WARNING,
        Localized("{label}“{value}”不在“{register}”中", "{label} “{value}” is not in the register “{register}”"),
        Localized("核对号码；确有此项的先登记", "Check the number; register it first where it is right"),
        "",
    ),
    Rule(
        "reference.none",
        Severity.ERROR,
        Localized(
            "{label}“{value}”不在“{register}”中，本行未采用",
            "{label} “{value}” is not in the register “{register}”: this row is not taken",
        ),
        Localized(
            "核对号码后改正；确有此项的先登记，再交本行",
            "Correct the number; where it is right, register it first, then hand in this row again",
        ),
        "",
    ),
    Rule(
        "reference.not_open",
        Severity.WARNING,
        Localized(
            "{label}“{value}”在“{register}”中现为“{state}”",
            "{label} “{value}” stands as “{state}” in the register “{register}”",
        ),
        Localized("核对号码；确无误的答“知道了”", "Check the number; where it is right answer 知道了"),
        "",
    ),
    Rule(
        "step.own",
        Severity.ERROR,
        Localized(
            "“{title}”的“{what}”就是{name}，不能由本人办理“{stage}”",
            "“{title}”: {name} is its {what} and may not do the step “{stage}”",
        ),
        Localized("请由其他有权办理的人{who}填写本行", "Have somebody else who may do it{who} fill this row"),
        "",
    ),
    Rule(
        "step.unbarred",
        Severity.ERROR,
        Localized(
            "“{label}”决定谁不能办理“{stage}”，不能在此改成“{value}”",
            "{label} tells who may not do the step “{stage}” and cannot be changed to “{value}” here",
        ),
        Localized(
            "恢复原来的名字再交；名字确有错误的，由登记的人重交登记表",
            "Restore the name; where it really is wrong whoever registered it hands in his sheet anew",
        ),
        "",
    ),
    Rule(
        "step.wrong_role",
        Severity.ERROR,
        Localized(
            "“{title}”的“{stage}”应由“{role}”办理，“{name}”不是该岗位的在岗人员",
            "“{title}”: the step “{stage}” is for “{role}”, and “{name}” is nobody in force with that role",
        ),
        Localized(
            "请由该岗位的人填写；岗位有变的先交人员表",
            "Have somebody with that role fill it; hand in the staff sheet first where roles have changed",
        ),
        "",
    ),
    Rule(
        "step.unseen",
        Severity.ERROR,
        Localized(
            "任务表写出以后，“{title}”的{changes}，“{stage}”没有采用",
            "Since the worklist was written “{title}” was changed: {changes}; the step “{stage}” was not taken",
        ),
        Localized(
            "在今天的任务表上看过新内容，再填结论交回", "Look at what it says now on today's worklist, and answer there"
        ),
        "同意",
    ),
    Rule(
        "end.decided",
        Severity.ERROR,
        Localized(
            "“{title}”在“{decides}”时由“{role}”决定，只有该岗位能作废，“{name}”不能",
            "“{title}” is decided on by “{role}” (“{decides}”): only that role may end it, “{name}” may not",
        ),
        Localized(
            "请该岗位的人作废；还在审批的，也可请他退回，退回后再作废",
            "Have somebody with that role end it; what still waits for him he may send back, to be ended then",
        ),
        "",
    ),
    Rule(
        "step.by_another",
        Severity.WARNING,
        Localized(
            "“{title}”的“{stage}”应由{who}办理，表上填的是“{value}”",
            "“{title}”: the step “{stage}” is for {who}; “{value}” is named as who did it",
        ),
        Localized(
            "确由此人代办的，选“知道了”；名字填错的，改正后再交；换了人办的，先交人员表或改派",
            "Note it where he really did it instead; correct the name where it is wrong; hand in the staff sheet where the work has gone over to him",
        ),
        "孙涛",
    ),
    Rule(
        TAKEN_LATE,
        Severity.WARNING,
        Localized(
            "“{title}”的“{stage}”应在 {due} 以前办，{on} 才{how}",
            "“{title}”: the step “{stage}” was due by {due}, and {how} on {on}",
        ),
        Localized("问清原因，以后按期办；看过选“知道了”", "Ask why: a step is taken by its day; note it"),
        "2026-11-12",
    ),
    Rule(
        "value.conflict",
        Severity.ERROR,
        Localized(
            "{label}：您填“{value}”，台账中是“{now}”（{who} {on} 填，{where}）；暂按台账，等您选择",
            "{label}: you say “{value}”, the register holds “{now}” ({who}, {on}, {where}); it stays until you choose",
        ),
        Localized(
            "在退回件第一页或异常表本行的“处理”栏选“以台账为准”或“以我为准”，放回收件夹",
            "Choose “keep the register” or “take mine” for it, on the first page of the return or in the exceptions workbook, "
            "and drop that into the inbox",
        ),
        "13932810018",
    ),
    Rule(
        "value.set_back",
        Severity.WARNING,
        Localized(
            "{label}“{value}”与您更早的表相同，您后来已改为别的；台账仍是“{now}”，未改",
            "{label} “{value}” is as on an earlier paper of yours, which you have changed since; the register keeps “{now}”",
        ),
        Localized(
            "旧表不用管；确要改回的，在“处理”栏选“以我为准”，放回收件夹",
            "Leave it if the paper is an old one; to set it back choose “take mine” for it and drop that into the inbox",
        ),
        "13932810018",
    ),
    Rule(
        "step.by_colleague",
        Severity.ERROR,
        Localized(
            "“{title}”的“{stage}”在这份任务表发出后已由{who}办过，这里写的不同，未采用",
            "“{title}”: {who} has done the step “{stage}” since this worklist was written, otherwise than it says here; not taken",
        ),
        Localized(
            "先和他核对；确要改的，另交一份单独的表",
            "Compare with him; hand in a sheet of its own where it is to be changed",
        ),
        "",
    ),
    Rule(
        "step.outdated",
        Severity.ERROR,
        Localized(
            "“{title}”在这份任务表发出后又退回重办，这里的“{stage}”是上一次的，未采用",
            "“{title}” was sent back after this worklist was written: this “{stage}” is of the round before; not taken",
        ),
        Localized("请在最新的任务表上重新办理", "Do the step again on the newest worklist"),
        "",
    ),
    Rule(
        SAID_BEFORE,
        Severity.WARNING,
        Localized(
            "“{title}”又要办理“{stage}”，这一行与上一次办的一字不差，没有当作又办了一次",
            "“{title}” waits for “{stage}” again, and this row says word by word what it said the time before: not taken anew",
        ),
        Localized(
            "又办了一次的，请填在任务表上交回，或在本行写明这一次的日期、意见再交；只是旧表的不用管",
            "If it was done again fill it in on the worklist, or write in this row what is new this time; an old paper may stay",
        ),
        "",
    ),
    Rule(
        "step.as_sent_back",
        Severity.ERROR,
        Localized(
            "“{title}”的“{stage}”与退回时相同，未采用，仍待办理",
            "“{title}”: this “{stage}” is as it was when it was sent back; it is not taken, and the return stands",
        ),
        Localized(
            "照退回原因改好再交；不用改的，写明这一次有什么不同",
            "Correct what it was sent back for, or write what is different this time, and hand it in again",
        ),
        "",
    ),
    Rule(
        "copy.key_changed",
        Severity.ERROR,
        Localized(
            "任务表中本行的{label}原为“{original}”，被改成了“{value}”",
            "On the worklist this row's {label} was “{original}” and was changed to “{value}”",
        ),
        Localized(
            "恢复原号；号码确有错误请另交登记表", "Restore it; if the number itself is wrong hand in a registration"
        ),
        "",
    ),
    Rule(
        "seal.final",
        Severity.ERROR,
        Localized(
            "{label}“{value}”不能再改：“{signed}”{stands}",
            "{label} “{value}” comes too late: “{signed}” {stands}",
        ),
        Localized("{how}", "{how}"),
        "",
    ),
    Rule(
        "seal.next_period",
        Severity.WARNING,
        Localized(
            "“{title}”的{label}是 {value}，该期已签字，本行计入 {counted}",
            "“{title}”: {label} {value} is signed already, the line counts in {counted}",
        ),
        Localized(
            "不用改，也不要再列一行：到 {counted} 一起汇总签字",
            "Nothing to do, and no other line to list: it is summed up and signed with {counted}",
        ),
        "2026-10",
    ),
)

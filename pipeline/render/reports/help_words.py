"""What the help cards say, in both languages: one card for each kind of reader, to be printed and kept at hand."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.language import Localized

Advice = tuple[Localized, Localized]
"""What somebody meets, and what to do with it."""


@dataclass(frozen=True, slots=True)
class HelpCard:
    """The card of one kind of reader."""

    reader: Localized
    """Who reads it; the file is called so, too."""
    morning: tuple[Advice, ...]
    handing_in: tuple[Localized, ...]
    what_if: tuple[Advice, ...]


HELP_SAYS = {
    "title": Localized("一页通：{reader}", "On one page: {reader}"),
    "keep": Localized("{office}    打印一张，放在手边", "{office}    print it and keep it at hand"),
    "morning": Localized("早上收到什么", "What comes in the morning"),
    "what": Localized("收到的", "What it is"),
    "do": Localized("怎么办", "What to do"),
    "handing_in": Localized("怎样交", "How to hand in"),
    "what_if": Localized("遇到这些情况", "What if"),
    "case": Localized("情况", "What happened"),
    "advice": Localized("这样办", "What to do"),
}

_SAVE_AND_CLOSE = Localized(
    "2. 存好、关掉，放进收件夹 inbox；文件名随便起，程序认得。",
    "2. Save it, close it, put it into the folder inbox; any name will do.",
)
_NO_MAIL: Advice = (
    Localized("没收到邮件", "No mail came"),
    Localized(
        "有新情况才发邮件。邮件里的表发件夹 outbox 里都有，打开那里的就行；邮箱不对的，请管理员改人员表。",
        "Mail comes only when there is something new. What it brings also lies in the folder outbox: open it there. A wrong "
        "address is mended by the administrator, on the staff sheet.",
    ),
)
_SHEET_WRONG: Advice = (
    Localized("整张表交错了", "A whole sheet was wrong"),
    Localized(
        "把文件名告诉管理员，请他撤销这一张，再交对的。",
        "Tell the administrator its name: it can be taken back. Then hand in the right one.",
    ),
)

_CLERK = HelpCard(
    Localized("录入员", "Clerk"),
    (
        (
            Localized("邮件", "A mail"),
            Localized(
                "写着您交的表收到几行、采用几行、退回几行，哪里要改。附件是退回件和异常表。",
                "It says how many rows of your sheets came, were taken and were refused, and what is to be mended. With it come "
                "the returns, and your exceptions.",
            ),
        ),
        (
            Localized("退回件（附件，也在 outbox 的 returns 里）", "Returns (in the mail, and in outbox, returns)"),
            Localized(
                "就是您交的那张表。先看首页“退回说明”，点“单元格”跳到那一格：红的改好；橙的核对；行首绿色的已收下，不用再填。",
                "Your own sheet. Its first page leads to each cell: mend the red ones, check the orange ones; rows that begin "
                "green are in.",
            ),
        ),
        (
            Localized(
                "异常表（outbox 的 exceptions 里，有您名字的）", "Exceptions (in outbox, exceptions, under your name)"
            ),
            Localized(
                "一行一处：哪个文件、哪一格、怎样改。不用改的，在“处理”栏选“知道了”，把异常表放回收件夹。",
                "One fault a row: which file, which cell, how to mend it. For what needs no mending choose “Noted” under “Answer” and "
                "drop the workbook back.",
            ),
        ),
    ),
    (
        Localized(
            "1. 新表用 outbox 的 templates 里的空表；平时用惯的表照旧交也行。",
            "1. Use the blank sheets in outbox, templates, or your own sheet as you always kept it.",
        ),
        _SAVE_AND_CLOSE,
        Localized(
            "3. 收件夹里有您名字的子文件夹，就放那里，算您交的。",
            "3. If the inbox has a folder of your name, put it there: it then counts as yours.",
        ),
        Localized(
            "4. 拿不准的，先放进 inbox 里的“试读”：只看对错，不入台账，看完回到 outbox 的 returns 里。",
            "4. If in doubt put it into inbox, trial first: it is only judged, entered nowhere, and comes back into outbox, returns.",
        ),
    ),
    (
        (
            Localized("退回件首页问：这一栏是什么", "The return asks what a column means"),
            Localized(
                "在“处理”栏的下拉里选一项；没有对应的选“不是本表栏目”。放回收件夹。只问一次。",
                "Choose from the list under “Answer”, or “Not one of our columns”, and drop it back. It is asked once.",
            ),
        ),
        (
            Localized("您填的和别人填的不一样", "Your value differs from somebody else's"),
            Localized(
                "问清楚再选：别人对，选“以台账为准”；您对，选“以我为准”。放回收件夹。",
                "Find out who is right, choose “Keep the register” or “Take mine”, and drop it back.",
            ),
        ),
        _SHEET_WRONG,
        (
            Localized("文件一直留在收件夹里", "A file stays in the inbox"),
            Localized(
                "多半是还开着：存好关掉。没人打开的，把旁边 ~$ 开头的同名文件删掉。",
                "It is still open, most likely: save and close it. If nobody has it open, delete the file beside it that begins with ~$.",
            ),
        ),
        _NO_MAIL,
    ),
)

_ACCOUNT_MANAGER = HelpCard(
    Localized("客户经理", "Account manager"),
    (
        (
            Localized(
                "任务表（邮件附件，也在 outbox 的 worklists 里）",
                "Your worklist (in the mail, and in outbox, worklists)",
            ),
            Localized(
                "一行一户，逾期的在最前。白格是要填的，带 * 的必填；浅黄的是已知的，有错直接改；灰的只看。",
                "One customer a row, overdue ones first. White is to fill, * is required; yellow is known, type over what is wrong; "
                "grey is only to read.",
            ),
        ),
        (
            Localized(
                "走访单（邮件附件，也在 outbox 的 visits 里）", "Visit sheets (with the mail, and in outbox/visits)"
            ),
            Localized(
                "一户一页，打印带到店里，用笔写；回来填进任务表。",
                "One page a customer: print them, write on them in the shop, and fill your worklist when you are back.",
            ),
        ),
        (
            Localized("写着“退回原因”的行", "Rows with “Sent back because”"),
            Localized(
                "没有通过的照原因补办，再填一次；标“退回”的填错了：改好红格，放回任务表。",
                "Not passed: do what is said and fill it once more. Marked “refused”: mend the red cells and drop the worklist.",
            ),
        ),
        (
            Localized("异常表（有错才来）", "Exceptions (only when something is wrong)"),
            Localized(
                "您交的表上有错，照“怎样改”改好再交。",
                "Something is wrong on what you handed in: mend it as said and hand it in again.",
            ),
        ),
    ),
    (
        Localized(
            "1. 办一户填一行，一行要填全；没办的空着，下次还在，不算错。",
            "1. Fill a row when its customer is done, and fill it whole; what is blank comes again, that is no mistake.",
        ),
        _SAVE_AND_CLOSE,
        Localized("3. 可以排序、筛选，不要加行、删行。", "3. Sort and filter as you like; add no rows, remove none."),
    ),
    (
        (
            Localized("一行只填了一半就交了", "A row went in half filled"),
            Localized(
                "这一行没有采用，别的行照收。补齐缺的格，再交。",
                "That row was not taken, the others were. Fill in what is missing and hand it in again.",
            ),
        ),
        (
            Localized("说这一户由别人办理", "It says that a customer is somebody else's"),
            Localized(
                "这一行没有采用，请那一位在他的任务表上填；该归您的，请市场经理改辖区表。",
                "The row was not taken: whoever has it fills it in. If it should be yours, ask the market manager to mend the areas.",
            ),
        ),
        (
            Localized("片区移交给您", "An area becomes yours"),
            Localized(
                "没办完的客户会自己转到您的任务表上，照常办。",
                "Its open customers come onto your worklist by themselves. Go on as usual.",
            ),
        ),
        (
            Localized("打开要密码", "It asks for a password"),
            Localized(
                "密码问管理员。填好照样存，密码不要去掉，文件名里留着您的工号。",
                "Ask the administrator. Save it as it is: keep the password, and your staff number in the name.",
            ),
        ),
        _NO_MAIL,
    ),
)

_MARKET_MANAGER = HelpCard(
    Localized("市场经理", "Market manager"),
    (
        (
            Localized(
                "任务表（邮件附件，也在 outbox 的 worklists 里）",
                "Your worklist (in the mail, and in outbox, worklists)",
            ),
            Localized(
                "审核的，一行一户：通过，或退回并写明原因。像是同一户的，答是不是同一户；您不答，程序不合并。",
                "One customer a row: pass it, or send it back and say why. Of two that look alike say whether they are one: nothing is "
                "merged without your answer.",
            ),
        ),
        (
            Localized("“未能分配”页", "The page “Not assigned”"),
            Localized(
                "这几件没人办。照“怎样改”补好辖区表或人员表，放进收件夹，下一批就分下去。",
                "Nobody has these. Mend the areas or the staff sheet as said, drop it: the next run assigns them.",
            ),
        ),
        (
            Localized("“逾期情况”“他人未改的错误”页", "The pages “Overdue by person”, “Exceptions left open”"),
            Localized("看是谁的，催一催。不用填。", "See whose they are and ask them. Nothing is to be filled in."),
        ),
        (
            Localized("今日一览 index.html、总表 master.xlsx", "index.html at a glance, and master.xlsx"),
            Localized(
                "办了多少、逾期多少、在谁手里，点数字就打开明细。",
                "How much is done, late, and with whom; each number opens the list behind it.",
            ),
        ),
    ),
    (
        Localized(
            "1. 填好白格；一行要填全，没定的空着。",
            "1. Fill the white cells, each row whole; leave blank what is not decided.",
        ),
        _SAVE_AND_CLOSE,
        Localized(
            "3. 总表就在原处改，存好关掉，下一批来取。",
            "3. The master is edited where it lies: save and close it, the next run takes it.",
        ),
    ),
    (
        (
            Localized("片区换人", "An area gets somebody else"),
            Localized(
                "在辖区表里改工号，写上从哪天起，放进收件夹。到那天，没办完的一起转过去。",
                "Write the new staff number on the areas sheet, with the day from which it holds, and drop it. Open work moves on that day.",
            ),
        ),
        (
            Localized("有人请假、调走", "Somebody is away, or leaves"),
            Localized(
                "请假的，在人员表里写谁代办、从哪天到哪天；调走的，写最后一天。放进收件夹。",
                "On the staff sheet write who stands in, from when to when; or the last day of whoever leaves. Drop it.",
            ),
        ),
        (
            Localized("客户资料要改", "A customer's data is wrong"),
            Localized(
                "在总表那一格直接改。填得不对的不收，会告诉您怎样改。",
                "Type over it in the master. What cannot be right is not taken, and you are told how to mend it.",
            ),
        ),
        (
            Localized("问“以台账为准”还是“以我为准”", "You are asked “Keep the register” or “Take mine”"),
            Localized(
                "两个人填的不一样，两个值都写在那里。选一个，放回收件夹；被改掉的那一位会收到通知。",
                "Two people differ, both values are shown. Choose one and drop it back; whoever is corrected is told.",
            ),
        ),
        _SHEET_WRONG,
    ),
)

_ADMINISTRATOR = HelpCard(
    Localized("管理员", "Administrator"),
    (
        (
            Localized("定时运行没有提示", "The scheduled run says nothing"),
            Localized("一切正常，不用管。", "All is well."),
        ),
        (
            Localized("运行有提示，或退出码不是 0", "It says something, or ends with another code than 0"),
            Localized(
                "2：设置、文件夹或账本有问题，照提示改；4：邮件没发出去，会自己再试；75：上一批还没完，等着。拿不准就运行 pipeline doctor。",
                "2: settings, folders or the ledger: do as it says. 4: mail is not delivered, it is tried again. 75: another run is under way. "
                "If in doubt: pipeline doctor.",
            ),
        ),
        (
            Localized("“对账”页写着“账目不平”", "The books do not balance"),
            Localized("运行 pipeline doctor，看是哪一处。", "Run pipeline doctor: it names the place."),
        ),
    ),
    (
        Localized(
            "1. 第一次：运行 pipeline template，拿空表填好人员表、辖区表，放进收件夹。",
            "1. At first: run pipeline template, fill the staff sheet and the areas, and drop them.",
        ),
        Localized(
            "2. 以后有变动，只填变的那几行，照样放进收件夹。",
            "2. Later drop a sheet with the rows that change, no more.",
        ),
    ),
    (
        (
            Localized("一张表、一批交错了", "A sheet, or a run, was wrong"),
            Localized(
                "pipeline undo 文件名（或批次号）。后来的表以它为据的，不撤，并说出是哪一张：先撤那一张。",
                "pipeline undo NAME, or the run's number. Refused where later sheets build on it; these are named: take them back first.",
            ),
        ),
        (
            Localized("要看某一天的总表", "The master of an earlier day"),
            Localized(
                "pipeline restore --at 2026-11-01，写在 outbox 的 restored 里，今天的不动。",
                "pipeline restore --at 2026-11-01 writes it into outbox, restored; today's is left alone.",
            ),
        ),
        (
            Localized("账本丢了、坏了", "The ledger is lost or damaged"),
            Localized(
                "pipeline rebuild --from-backup，由最近的备份和 archive 恢复，不会再发邮件。archive 千万不要删。",
                "pipeline rebuild --from-backup brings it back from the newest copy and archive; no mail is sent again. Never delete the archive.",
            ),
        ),
        (
            Localized("有人打不开任务表", "Somebody cannot open a worklist"),
            Localized(
                "在密码文件里看他那一行，改好后再运行一次，表按新密码重写。",
                "Look at the person's line in the file of passwords; after a change the next run writes the workbook under the new one.",
            ),
        ),
        (
            Localized("邮件没有送达", "Mail is not delivered"),
            Localized(
                "报表都在 outbox 里，先拿去用。pipeline mails 列出是谁的、服务器怎么说；邮箱不对的改人员表，信会改发过去；服务器好了，"
                "pipeline mails --resend 重发。",
                "The reports are in the outbox. pipeline mails lists whose they are and what the server says. Mend a wrong address on the "
                "staff sheet: the mail goes there. Once the server is well: pipeline mails --resend.",
            ),
        ),
    ),
)

HELP_CARDS = (_CLERK, _ACCOUNT_MANAGER, _MARKET_MANAGER, _ADMINISTRATOR)

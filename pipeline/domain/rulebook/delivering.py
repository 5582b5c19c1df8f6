"""Rules of the two ends: files in the inbox that cannot be taken, mails that could not be sent."""

from __future__ import annotations

from schemas.language import Localized, Rule, Severity

_REPLACE = Localized("把文件本身放入收件夹", "Put the file itself into the inbox")

DELIVERING: tuple[Rule, ...] = (
    Rule(
        "inbox.open",
        Severity.WARNING,
        Localized("“{file}”一直被人打开着，还没有读取", "“{file}” has been open for a while and is not read yet"),
        Localized(
            "保存并关闭文件；没有人打开时，删除收件夹中以 ~$ 开头的同名文件",
            "Save and close it; if nobody has it open, delete the file beside it whose name begins with ~$",
        ),
        "~$名单.xlsx",
    ),
    Rule(
        "inbox.copying",
        Severity.WARNING,
        Localized("“{file}”没有复制完整，还没有读取", "“{file}” was not copied to its end and is not read yet"),
        Localized("把文件重新复制到收件夹", "Copy the file into the inbox again"),
        "",
    ),
    Rule(
        "inbox.link",
        Severity.ERROR,
        Localized("“{file}”是一个链接，不读取", "“{file}” is a link and is not followed"),
        _REPLACE,
        "",
    ),
    Rule(
        "inbox.special",
        Severity.ERROR,
        Localized("“{file}”不是普通文件，不读取", "“{file}” is not a regular file and is not read"),
        _REPLACE,
        "",
    ),
    Rule(
        "inbox.large",
        Severity.ERROR,
        Localized("“{file}”太大（超过 100 MB），不读取", "“{file}” is too large (over 100 MB) and is not read"),
        Localized(
            "删去图片和多余的工作表，或分成几个文件再放入收件夹",
            "Remove pictures and sheets that are not needed, or split it, and drop it again",
        ),
        "",
    ),
    Rule(
        "inbox.forbidden",
        Severity.ERROR,
        Localized("“{file}”不允许读取", "“{file}” may not be read"),
        Localized("请管理员检查文件的权限", "Ask the administrator to check the file's permissions"),
        "",
    ),
    Rule(
        "mail.failed",
        Severity.ERROR,
        Localized("发给 {value} 的邮件没有送达：{problem}", "The mail to {value} was not delivered: {problem}"),
        Localized(
            "邮箱不对的改人员表，信自动改发到新邮箱；邮箱无误的请管理员检查邮件服务器，再运行 pipeline mails --resend 重发，"
            "或 --let-go 不再发；报表仍在发件夹中",
            "Mend a wrong address on the staff sheet: the mail then goes there by itself. If it is right let the administrator look at "
            "the mail server and run pipeline mails --resend, or --let-go if it need not arrive. The reports are in the outbox",
        ),
        "wangjg@example.com",
    ),
)

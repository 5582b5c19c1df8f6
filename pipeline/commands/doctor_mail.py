"""Is mail as a run needs it: does the server answer, and has everything arrived that was written."""

from __future__ import annotations

from pipeline.commands.doctor_check import Check
from pipeline.domain.mail import Undelivered
from pipeline.errors import NoLedgerError
from pipeline.outside.ledger import open_ledger
from pipeline.outside.mail import SmtpPostman
from pipeline.render.undelivered_words import undelivered_advice, undelivered_sentence
from pipeline.settings import Settings
from pipeline.settings.clock import now_in_office
from schemas.language import Localized

_NOWHERE = "@localhost"


def mail_server(settings: Settings) -> Check:
    """Return whether the server answers and lets us in."""
    what = Localized("邮件", "mail")
    smtp = settings.smtp
    if not smtp.host:
        return Check(
            what,
            note=_with_clerk(
                settings,
                Localized(
                    f"没有设置邮件服务器，写到 {settings.mail_folder}",
                    f"no mail server is set up; mails go to {settings.mail_folder}",
                ),
            ),
        )
    if smtp.sender.endswith(_NOWHERE):
        return Check(what, Localized("没有设置发件人 smtp.sender", "smtp.sender is not set"))
    with SmtpPostman(smtp) as postman:
        problem = postman.reach()
    where = f"{smtp.host}:{smtp.port}"
    if problem:
        return Check(what, Localized(f"连不上 {where}：{problem}", f"cannot reach {where}: {problem}"))
    return Check(what, note=_with_clerk(settings, Localized(f"{where} 可以连接", f"{where} answers")))


def _with_clerk(settings: Settings, said: Localized) -> Localized:
    """Add that nobody is mailed what is nobody's, as long as no address is set for it."""
    if settings.clerk:
        return said
    return Localized(
        f"{said.zh}；没有设 clerk（一个邮箱）：不属于任何人的问题不发邮件，只写在 exceptions/all.xlsx",
        f"{said.en}; clerk (an address) is not set: what is nobody's is mailed to nobody, it stands in exceptions/all.xlsx alone",
    )


def deliveries(what: Localized, settings: Settings) -> Check:
    """Return how many mails have not arrived, since when, and the server's words. Those put off go by themselves: only what was
    given up is a problem.
    """
    try:
        ledger = open_ledger(settings.ledger, create=False)
    except NoLedgerError:
        return Check(what, note=Localized("还没有邮件", "no mails yet"))
    with ledger, ledger.transaction() as uow:
        mails = Undelivered.of(uow.mails.undelivered(), now_in_office(settings))
    if not mails.waiting + mails.given_up:
        return Check(what, note=Localized("没有待发的邮件", "no mail waits"))
    said, advice = undelivered_sentence(mails), undelivered_advice(mails)
    told = Localized(f"{said.zh}。{advice.zh}", f"{said.en}. {advice.en}")
    return Check(what, told) if mails.given_up else Check(what, note=told)

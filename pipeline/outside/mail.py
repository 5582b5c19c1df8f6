"""Postmen: one hands mails to an SMTP server, the other puts them into a folder for an office that has none."""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from pipeline.domain.mail import Outgoing, Postman, ReplyKind, ServerReply
from pipeline.domain.redaction import one_line
from pipeline.outside.files.names import safe_name
from pipeline.outside.files.outbox import publish_file

_TLS_FROM_THE_START = 465  # RFC 8314
_PERMANENT = range(500, 600)
_GONE = 421
_TOO_LARGE = {523, 534, 552, 554}  # codes with which servers refuse a message for its size when it is announced
_TOO_LARGE_WHEN_SENT = {523, 534, 552}  # after the text 554 says anything


class MailServer(Protocol):
    """Where the mail server is, and as whom to speak to it. Without a host there is none."""

    @property
    def host(self) -> str: ...  # noqa: D102
    @property
    def port(self) -> int: ...  # noqa: D102
    @property
    def starttls(self) -> bool: ...  # noqa: D102
    @property
    def user(self) -> str: ...  # noqa: D102
    @property
    def secret(self) -> str: ...  # noqa: D102
    @property
    def sender(self) -> str: ...  # noqa: D102
    @property
    def timeout(self) -> float: ...  # noqa: D102


def postman(line: MailServer, folder: Path) -> SmtpPostman | FilePostman:
    """Return who delivers: the server when one is set up, else ``.eml`` files in *folder*."""
    return SmtpPostman(line) if line.host else FilePostman(folder)


@dataclass(slots=True)
class FilePostman:
    """Writes each mail as a file that every mail program opens. The same mail always gets the same name."""

    folder: Path

    def __enter__(self) -> FilePostman:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def send(self, mail: Outgoing) -> ServerReply:
        """Write one mail; raise FolderError when the folder cannot be written."""
        mark = hashlib.sha256(mail.message_id.encode()).hexdigest()[:12]
        publish_file(self.folder / safe_name(f"{mail.recipient}-{mark}", ".eml"), mail.content)
        return ServerReply(ReplyKind.TAKEN)


@dataclass(slots=True)
class SmtpPostman:
    """Speaks to one server over one connection, opened with the first mail and opened again when it breaks.

    STARTTLS is demanded when it is set: a server without it gets no mail. When no connection can be made at all, the
    mails that are left are answered at once with the same problem, so that a dead server costs one time-out a run.
    """

    line: MailServer
    connect: Callable[[], smtplib.SMTP] | None = None
    _server: smtplib.SMTP | None = field(default=None, init=False)
    _dead: str = field(default="", init=False)

    def __enter__(self) -> SmtpPostman:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the connection."""
        if self._server is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._server.quit()
            self._server = None

    def reach(self) -> str:
        """Return "" when the server can be reached and lets us in, else the problem."""
        self._open()
        return self._dead

    def send(self, mail: Outgoing) -> ServerReply:
        """Hand over one mail."""
        server = self._open()
        if server is None:
            return ServerReply(ReplyKind.LATER, self._dead)
        try:
            server.sendmail(self.line.sender, [mail.recipient], mail.content)
        except smtplib.SMTPRecipientsRefused as error:
            return _refused(*next(iter(error.recipients.values())))
        except smtplib.SMTPSenderRefused as error:
            # a sender that is not welcome is for the operator to mend: only a mail's own size condemns it
            reply = _refused(error.smtp_code, error.smtp_error)
            too_large = error.smtp_code in _TOO_LARGE
            return replace(reply, too_large=True) if too_large else ServerReply(ReplyKind.LATER, reply.problem)
        except smtplib.SMTPResponseException as error:
            return _refused(error.smtp_code, error.smtp_error)
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            return ServerReply(ReplyKind.LATER, _words(error))
        return ServerReply(ReplyKind.TAKEN)

    def _open(self) -> smtplib.SMTP | None:
        if self._server is not None and self._server.sock is None:  # the server hung up after its last answer
            self._server = None
        if self._server is None and not self._dead:
            try:
                self._server = (self.connect or self._connect)()
            except (smtplib.SMTPException, OSError) as error:
                self._dead = _words(error)
        return self._server

    def _connect(self) -> smtplib.SMTP:
        line = self.line
        if line.port == _TLS_FROM_THE_START:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                line.host, line.port, timeout=line.timeout, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(line.host, line.port, timeout=line.timeout)
        try:
            if line.starttls and line.port != _TLS_FROM_THE_START:
                server.starttls(context=ssl.create_default_context())
            if line.user:
                server.login(line.user, line.secret)
        except BaseException:
            server.close()
            raise
        return server

    def _drop(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None


def _refused(code: int, words: bytes | str) -> ServerReply:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    answer = ReplyKind.NEVER if code in _PERMANENT else ReplyKind.LATER
    return ServerReply(answer, one_line(f"{code} {text}"), too_large=code in _TOO_LARGE_WHEN_SENT)


def _words(error: BaseException) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "the mail server refused the user name or password"  # its own words may repeat them
    if isinstance(error, smtplib.SMTPResponseException):
        return _refused(error.smtp_code, error.smtp_error).problem
    return one_line(f"{type(error).__name__}: {error}")


_: type[Postman] = SmtpPostman
_ = FilePostman

"""Mails: to whom what was told, what waits, what failed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import RowMapping, func, insert, select, update

from pipeline.domain.json_values import JsonRead
from pipeline.domain.mail import Delivery, DeliveryOutcome, Outgoing, UndeliveredMail
from pipeline.outside.ledger import tables
from pipeline.outside.ledger.statements import SqlStatements, unpacked


class Mails(SqlStatements):
    """Mails, put down in the transaction and sent after it."""

    def notified(self) -> dict[str, set[str]]:
        """Return by recipient what the last mail told."""
        return {
            row["person"]: set(unpacked(row["items"]))
            for row in self._connection.execute(select(tables.TOLD)).mappings()
        }

    def put_notified(self, told: Mapping[str, Iterable[str]]) -> None:
        """Keep what each recipient has been told."""
        rows = [{"person": person, "items": self._packed(sorted(items))} for person, items in told.items()]
        self._upsert(tables.TOLD, rows)

    def queue(self, mails: Iterable[Outgoing], run: int, now: datetime) -> None:
        """Enter mails to be sent after the transaction. A message id that is known is not queued again."""
        rows = [
            {
                "number": number,
                "run": run,
                "recipient": mail.recipient,
                "message_id": mail.message_id,
                "content": mail.content,
                "queued": now,
                "attempts": 0,
                "next_try": now,
                "outcome": DeliveryOutcome.QUEUED,
                "problem": "",
            }
            for number, mail in enumerate(mails, self._next(tables.MAILS))
        ]
        if rows:
            self._connection.execute(insert(tables.MAILS), rows)

    def waiting(self, now: datetime) -> list[Outgoing]:
        """Return the mails that are to be tried at *now*, oldest first."""
        table = tables.MAILS
        query = (
            select(table)
            .where(table.c.outcome == DeliveryOutcome.QUEUED, table.c.next_try <= now)
            .order_by(table.c.number)
        )
        return [_outgoing(row) for row in self._connection.execute(query).mappings()]

    def put_off(self, now: datetime) -> int:
        """Return how many mails wait for a later time than *now*."""
        table = tables.MAILS
        query = select(func.count()).where(table.c.outcome == DeliveryOutcome.QUEUED, table.c.next_try > now)
        return int(self._connection.scalar(query) or 0)

    def undelivered(self) -> list[UndeliveredMail]:
        """Return the mails that have not arrived, oldest first: put off, or given up and nobody has acted on it."""
        table = tables.MAILS
        standing = (DeliveryOutcome.QUEUED, DeliveryOutcome.FAILED)
        query = select(table).where(table.c.outcome.in_(standing)).order_by(table.c.number)
        return [
            UndeliveredMail(_outgoing(row), row["problem"], row["outcome"] == DeliveryOutcome.FAILED)
            for row in self._connection.execute(query).mappings()
        ]

    def queue_again(self, mail: Outgoing, now: datetime) -> None:
        """Have a mail that has not arrived tried anew from *now* on, to the address and with the content that it has by now."""
        table = tables.MAILS
        self._connection.execute(
            update(table)
            .where(table.c.number == mail.number)
            .values(
                recipient=mail.recipient,
                content=mail.content,
                outcome=DeliveryOutcome.QUEUED,
                queued=now,
                attempts=0,
                next_try=now,
            )
        )

    def let_go(self, numbers: Iterable[int]) -> None:
        """Keep that somebody has seen that these mails will not arrive."""
        table = tables.MAILS
        self._connection.execute(
            update(table).where(table.c.number.in_(list(numbers))).values(outcome=DeliveryOutcome.LET_GO, content=b"")
        )

    def record(self, number: int, delivery: Delivery) -> None:
        """Keep what became of a mail. One that has arrived is not kept itself: with its workbooks it outweighs what they tell of."""
        table = tables.MAILS
        became: JsonRead = {
            "outcome": delivery.outcome,
            "attempts": delivery.attempts,
            "next_try": delivery.next_try,
            "problem": delivery.problem,
        }
        if delivery.outcome is DeliveryOutcome.SENT:
            became["content"] = b""
        self._connection.execute(update(table).where(table.c.number == number).values(**became))


def _outgoing(row: RowMapping) -> Outgoing:
    return Outgoing(**{name: row[name] for name in Outgoing.__slots__})

"""A mail server in a process of its own: keeps each message it answered 250 as a file. Prints its port, ends with its parent."""

from __future__ import annotations

import asyncio
import itertools
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session


class Keep:
    """Writes messages into a folder, one a file, named by the order in which they came."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.numbers = folder, itertools.count()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep the message; only then comes the 250."""
        content = envelope.content
        assert isinstance(content, bytes)
        (self.folder / f"{next(self.numbers):06}.eml").write_bytes(content)
        return "250 OK"


async def serve(folder: Path) -> None:
    """Serve until the parent closes our standard input."""
    loop = asyncio.get_running_loop()
    keep = Keep(folder)
    server = await loop.create_server(lambda: SMTP(keep, enable_SMTPUTF8=True), "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))

"""``make fuzz``: damage honest files for a while, read them as a run does, and say what became of them.

Each file follows from the seed and its number alone. What a fault is told of is kept in a folder, to be looked at.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.fuzz.judge import LONGEST, MOST_MEMORY, Judgement, judge
from tests.fuzz.mutate import mutate
from tests.fuzz.seeds import Named, pick, seeds

BATCH = 120


def main() -> int:
    """Return 1 when something happened that must never happen."""
    options = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--seed", type=int, default=None, help="a new one each time when left out")
    options.add_argument("--first", type=int, default=0, help="number of the first file")
    options.add_argument("--only", action="store_true", help="damage and read that one file alone")
    options.add_argument("--files", type=Path, help="a folder of other files to read, and then to damage")
    options.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "ruwang-fuzz")
    asked = options.parse_args()
    seed = random.SystemRandom().randrange(10**6) if asked.seed is None else asked.seed
    own = seeds()
    honest, among = own[0], own
    total = Judgement()
    if asked.files:
        others = [(path.name, path.read_bytes()) for path in sorted(asked.files.rglob("*")) if path.is_file()]
        add(
            total,
            judge(others, honest),
            [(name, content, "as it is") for name, content in others],
            asked.keep,
            -len(others),
        )
        among = own + others
    end, number = time.monotonic() + asked.seconds, asked.first
    while time.monotonic() < end or number == asked.first:
        batch = [damaged(seed, each, among) for each in range(number, number + (1 if asked.only else BATCH))]
        add(total, judge([(name, content) for name, content, _ in batch], honest), batch, asked.keep, number)
        number += len(batch)
        if asked.only:
            break
    sys.stdout.write(report(seed, total))
    sys.stderr.writelines(f"FAULT: {fault}\n" for _, fault in total.faults)
    return 1 if total.faults else 0


def report(seed: int, total: Judgement) -> str:
    """Return what became of all files, by fate."""
    lines = [
        f"seed {seed}: {len(total.by_file)} files, none longer than {total.longest:.1f} s,",
        f"no worker above {total.memory >> 20} MiB (allowed: {LONGEST:.0f} s, {MOST_MEMORY >> 20} MiB)",
        f"put aside: {', '.join(map(str, total.killers)) or 'none'}",
        *(f"{count:8} {fate}" for fate, count in total.outcomes.most_common()),
    ]
    return "\n".join(lines) + "\n"


def damaged(seed: int, number: int, among: list[Named]) -> tuple[str, bytes, str]:
    """Return the file of this *number*: name, bytes and what was done to them."""
    rng = random.Random(f"{seed} {number}")
    name, content = pick(rng, among)
    how, content = mutate(rng, content)
    return f"{number}-{name}", content, how


def add(
    total: Judgement, judgement: Judgement, files: list[tuple[str, bytes, str]], keep: Path, number: int = 0
) -> None:
    """Add a *judgement* of *files*, the first of which has this *number*; keep those that a fault is told of."""
    total.by_file |= {number + at: fate for at, fate in judgement.by_file.items()}
    total.longest = max(total.longest, judgement.longest)
    total.memory = max(total.memory, judgement.memory)
    for at, fault in judgement.faults:
        if at is None:
            total.faults.append((at, f"files {number} to {number + len(files) - 1}: {fault}"))
            continue
        name, content, how = files[at]
        keep.mkdir(parents=True, exist_ok=True)
        (keep / name).write_bytes(content)
        total.faults.append((at, f"{keep / name} ({how}): {fault}"))


if __name__ == "__main__":
    sys.exit(main())

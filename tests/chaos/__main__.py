"""Kill at every point, many times, and print what was found: python -m tests.chaos 25."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.chaos.kill import Ground
from tests.chaos.points import POINTS


def main(times: int) -> int:
    """Return how many kills left something lost, doubled or broken."""
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        ground = Ground.prepare(Path(folder))
        try:
            for point in POINTS:
                found = [list(ground.complaints(point, at)) for at in ground.passings_of(point, times)]
                wrong = [each for each in found if each]
                bad += len(wrong) or not found
                sys.stdout.write(f"{len(found):4} kills {len(wrong):4} bad  {point.name}\n")
                for each in wrong:
                    sys.stdout.write(f"     {each}\n")
        finally:
            ground.close()
    sys.stdout.write(f"{len(POINTS)} points, {bad} bad\n")
    return bad


if __name__ == "__main__":
    sys.exit(main(int((*sys.argv, "25")[1])) > 0)

"""A machine as a newcomer has it: a small system with Python, no compiler, no git, no network, and a wheelhouse that was carried there.

Its files are a folder of this machine, entered by ``chroot`` in a network of its own that knows nobody but itself. What is typed there is
what docs/ops.md has its reader type, block by block. A database server of this machine is met at its socket.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.faults.month import Cron
from tests.faults.program import Done, outcome

ROOT = Path(__file__).parents[2]
OPERATIONS = (ROOT / "docs" / "ops.md").read_text("utf-8")
OFFICE, NEXT_OFFICE = "wuqiang", "anping"
_CHAPTER = "One machine, one program, several offices"
MEANS = ("unshare", "chroot", "mount", "ip")
_CALLED = ("sh", "env", "setpriv", "install", "useradd", "groupadd", "usermod", "chmod", "mkdir")
_SYSTEM = ("ld.so.cache", "login.defs", "nsswitch.conf")
_PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
_ABSENT = ("gcc", "cc", "git", "make", "curl", "wget")
_ENTER = """
umask 022
root=$1; bound=$2; shift 2
ip link set lo up
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
for each in $bound; do mkdir -p "$root$each"; mount --rbind "$each" "$root$each"; done
exec chroot "$root" "$@"
"""


def missing() -> str:
    """Why no such machine can be had here; empty where it can."""
    if lacking := [each for each in (*MEANS, "setpriv") if shutil.which(each) is None]:
        return f"there is no {', '.join(lacking)}"
    if os.geteuid():
        return "only root may lay out a machine in a folder"
    tried = subprocess.run(["unshare", "--net", "--mount", "true"], capture_output=True, text=True, check=False)
    return tried.stderr.strip()


def block(language: str, chapter: str, at: int = 0) -> str:
    """Return what docs/ops.md shows in the block of *language* that is the *at*-th of its *chapter*."""
    _, _, rest = OPERATIONS.partition(f"\n## {chapter}\n")
    found = re.findall(rf"^```{language}\n(.*?)^```", rest.partition("\n## ")[0], re.DOTALL | re.MULTILINE)
    return str(found[at])


class BareMachine:
    """The machine whose files lie in *root*; of this machine it sees the folders *bound*, under their own names."""

    def __init__(self, root: Path, bound: Sequence[Path] = (), path: str = _PATH) -> None:
        self.root = root
        self.bound = bound
        self.path = path

    def enter(self, words: Sequence[str], folder: str, environment: Mapping[str, str], user: str = "root") -> Done:
        """Run a command there as *user*, in *folder*, with nothing in its environment but what is given."""
        given = {"PATH": self.path, **environment}
        become = ["env", "-i", *(f"{name}={value}" for name, value in given.items())]
        become += ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups"]
        inner = [*become, "sh", "-c", 'cd "$0" && exec "$@"', folder, *words]
        bound = " ".join(map(str, self.bound))
        outer = ["unshare", "--net", "--mount", "sh", "-euc", _ENTER, "enter", str(self.root), bound, *inner]
        return outcome(outer, self.root, {"PATH": f"{self.path}:{_PATH}"})

    def type(self, script: str, folder: str = "/root") -> Done:
        """Type the lines of a block of the page, as root; the first that fails ends it."""
        return self.enter(["sh", "-euc", script], folder, {"HOME": "/root"})

    def has(self) -> list[str]:
        """Which of the programs are there that a newcomer may lack."""
        looked = self.type("; ".join(f"command -v {each} || true" for each in _ABSENT))
        return looked.stdout.split()

    def install(self, house: Path) -> Done:
        """Carry the wheels of *house* there and do what the page says, once for the machine."""
        shutil.copytree(house, self.root / "root" / "wheelhouse")
        return self.type(block("sh", _CHAPTER, 1))

    def set_up(self, office: str, lines: Sequence[str] = ()) -> Path:
        """Make the folders of *office* as the page says, and its file of settings with *lines* more; return its folder as we see it."""
        script = block("sh", _CHAPTER, 2).replace(OFFICE, office)
        if office != OFFICE:
            script = "".join(line for line in script.splitlines(keepends=True) if "# once" not in line)
        done = self.type(script)
        if done.exit_code:
            raise OSError(f"{office}: {done.said}")
        folder = self.root / "srv" / "ruwang" / office
        (folder / "pipeline.toml").write_text("\n".join([block("toml", _CHAPTER), *lines, ""]), "utf-8")
        return folder


class Scheduled:
    """The ``pipeline`` of a bare machine, called by its user as the page's line of cron calls it."""

    def __init__(self, machine: BareMachine) -> None:
        self.machine = machine
        line = block("", "Runs by the clock").splitlines()[0]
        self.user, command = line.split()[5], " ".join(line.split()[6:])
        self.command = command.replace("pipeline run ", "pipeline VERB ").replace(OFFICE, "OFFICE")

    def call(self, folder: Path, words: Sequence[str], environment: Mapping[str, str]) -> Done:
        verb, *rest = words
        command = self.command.replace("VERB", verb).replace("OFFICE", folder.name)
        cron = {"PATH": "/usr/bin:/bin", "HOME": "/srv/ruwang", "LOGNAME": self.user, "SHELL": "/bin/sh"}
        words = ["sh", "-c", f'{command} "$@"', "sh", *rest]
        return self.machine.enter(words, "/srv/ruwang", {**cron, **environment}, self.user)

    def seen(self, path: Path) -> str:
        return f"/{path.relative_to(self.machine.root)}"


def lent(root: Path) -> BareMachine:
    """Lay out in *root* what this machine lends: its libraries, the Python of the tests, and the few programs that the page calls."""
    for each in ("proc", "dev", "root", "srv", "tmp", "etc", "usr/bin", "usr/sbin"):
        (root / each).mkdir(parents=True)
    # whatever the folder of a test, or the umask of a run before, lets others do, "/" is everybody's
    for each in (".", "root", "srv", "etc", "usr", "usr/bin", "usr/sbin"):
        (root / each).chmod(0o755)
    (root / "tmp").chmod(0o1777)
    for each in ("bin", "sbin", "lib", "lib64"):
        (root / each).symlink_to(f"usr/{each}")
    for each in _CALLED:
        shutil.copy(str(shutil.which(each)), root / "usr" / "bin" / each)
    for each in filter(lambda name: (Path("/etc") / name).exists(), _SYSTEM):
        shutil.copy(f"/etc/{each}", root / "etc" / each)
    (root / "etc" / "passwd").write_text("root:x:0:0::/root:/bin/sh\n", "utf-8")
    for each in ("group", "shadow", "gshadow"):
        (root / "etc" / each).write_text("root:x:0:\n" if each == "group" else "", "utf-8")
    python = Path(sys.base_prefix)
    libraries = [each for each in (Path("/usr/lib"), Path("/usr/lib64")) if each.is_dir()]
    if python == Path("/usr"):
        shutil.copy(Path(sys.executable).resolve(), root / "usr" / "bin" / "python3")
        return BareMachine(root, libraries)
    return BareMachine(root, [*libraries, python], f"{python}/bin:{_PATH}")


def debian(root: Path) -> BareMachine:
    """Lay out the smallest Debian in *root*, with what docs/ops.md says it needs; takes minutes and a mirror. OSError when there is none."""
    named = re.findall(r"apt-get install ([\w. -]+)", block("sh", _CHAPTER, 1))
    packages = ",".join(["python3", *" ".join(named).split()])
    words = ["debootstrap", "--variant=minbase", f"--include={packages}", "bookworm", str(root)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise OSError(done.stdout[-2000:])
    return BareMachine(root)


def wheelhouse() -> Path:
    """Make what is carried there, as the page says; OSError when it cannot be had."""
    made = outcome(["sh", "-euc", block("sh", _CHAPTER, 0)], ROOT, os.environ)
    if made.exit_code:
        raise OSError(made.said)
    return ROOT / "dist" / "wheelhouse"


def month_of(machine: BareMachine, house: Path, server_url: str, socket: Path) -> tuple[Cron, Cron]:
    """Install what *house* holds on *machine*, and set up two offices there, the second with its ledger at *server_url*, behind *socket*."""
    socket.chmod(0o711)  # its user is another than the server's
    machine.bound = [*machine.bound, socket]
    installed = machine.install(house)
    if installed.exit_code:
        raise OSError(installed.said)
    program = Scheduled(machine)
    on_server = (f'ledger = "{server_url}"', 'office_code = "131123"')
    return Cron(machine.set_up(OFFICE), {}, program), Cron(machine.set_up(NEXT_OFFICE, on_server), {}, program)

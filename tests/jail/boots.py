"""Zygotes that start otherwise: without defences in SQL, or on kernels that lack a wall."""

from __future__ import annotations

_FIND = "import sys; sys.path.append(sys.argv[1])\n"
_SERVE = "\nzygote.main()\n"

BARE = (
    _FIND
    + """
import ctypes, mmap, os, signal, socket, sqlite3, subprocess, threading, time
from inside import sql, walls, zygote
LIBC = ctypes.CDLL(None, use_errno=True)
def build(base, fixture):
    base.create_function("python", 1, lambda code: str(eval(code, globals())))
    if hasattr(base, "enable_load_extension"):
        base.enable_load_extension(True)
    base.executescript(fixture)
def defend(base, tables, *, writes):
    pass
sql._build, sql.defend = build, defend
first = sqlite3.connect
sqlite3.connect = lambda path, **rest: first("file::memory:", uri=True, **rest)
"""
    + _SERVE
)
"""No authorizer, limit, pragma or heap limit; URIs and extensions; and Python as a function."""

_WITHOUT = (
    _FIND
    + """
import struct
from inside import calls, walls, zygote
load, equal, give = 0x20, 0x15, 0x06
steps = [struct.pack("=HBBI", load, 0, 0, 0)]
for call, first, error in MISSING:
    if first is None:
        steps += [struct.pack("=HBBI", equal, 0, 1, call),
                  struct.pack("=HBBI", give, 0, 0, 0x00050000 | error)]
    else:
        steps += [struct.pack("=HBBI", equal, 0, 4, call), struct.pack("=HBBI", load, 0, 0, 16),
                  struct.pack("=HBBI", equal, 0, 1, first),
                  struct.pack("=HBBI", give, 0, 0, 0x00050000 | error),
                  struct.pack("=HBBI", load, 0, 0, 0)]
steps.append(struct.pack("=HBBI", give, 0, 0, 0x7FFF0000))
known = calls.program
calls.program = walls.program = lambda machine: b"".join(steps)
assert walls.strain()
walls.program = known
"""
    + _SERVE
)
_LANDLOCK, _SECCOMP = (444, None, 38), (157, 22, 22)  # ENOSYS; prctl(PR_SET_SECCOMP): EINVAL


def without(*, landlock: bool = False, seccomp: bool = False) -> str:
    """A boot on a kernel (x86-64) that answers as one without these."""
    missing = [_LANDLOCK] * landlock + [_SECCOMP] * seccomp
    return f"MISSING = {missing!r}\n{_WITHOUT}"


def bare(boot: str) -> str:
    """The same kernel's boot, without defences in SQL."""
    return boot.replace(_SERVE, BARE.removeprefix(_FIND))


LYING = (
    _FIND
    + """
from inside import run, zygote
run.KINDS["regex"] = lambda job: iter([{"found": [True]}])
"""
    + _SERVE
)
"""Says of every pattern that it took one subject, however many there were."""
BROKEN = "raise SystemExit(3)"

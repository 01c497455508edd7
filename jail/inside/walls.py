"""The walls around a process: rlimits, Landlock (no files) and seccomp (few system calls)."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from functools import cache

from .calls import program

NO_NEW_PRIVS, SET_SECCOMP, DIE_WITH_PARENT = 38, 22, 1  # of prctl(2)
FILTER = 2  # SECCOMP_MODE_FILTER
RULESET, RESTRICT = 444, 446  # landlock's system calls, the same on every machine
MEMORY = 256 << 20  # bytes of address space
CPU = 2  # seconds, whole ones only; the wall deadline is shorter
DESCRIPTORS = 16
FEW = 128  # descriptors of the zygote: a pipe for each run


def seal() -> bool:
    """Close all files to this process and its children for ever; whether the kernel can."""
    rights = _rights()
    if rights is None or not _without_new_rights():
        return False
    ruleset = _syscall(RULESET, ctypes.create_string_buffer(rights), len(rights), 0)
    if ruleset < 0:
        return False
    sealed = _syscall(RESTRICT, ruleset, 0) == 0
    os.close(ruleset)
    return sealed


def _rights() -> bytes | None:
    """Every right that this kernel's Landlock knows, as the ruleset that grants none of them."""
    version = _syscall(RULESET, None, 0, 1)
    if version < 1:
        return None
    files = (1 << 13) - 1  # version 1; later ones know refer, truncate and ioctl too
    files |= sum(1 << bit for bit, since in ((13, 2), (14, 3), (15, 5)) if version >= since)
    words = [files]
    if version >= 4:  # noqa: PLR2004 - bind and connect over TCP
        words.append(0b11)
    if version >= 6:  # noqa: PLR2004 - abstract sockets and signals to others
        words.append(0b11)
    return b"".join(word.to_bytes(8, sys.byteorder) for word in words)


def limit() -> None:
    """Bound memory, time and descriptors of this process; no file grows, nothing is forked."""
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, DESCRIPTORS),
        (resource.RLIMIT_NPROC, 0),
    ):
        with contextlib.suppress(OSError, ValueError):  # macOS has no bound of address space
            resource.setrlimit(kind, (most, most))


def narrow() -> None:
    """Leave this process room for few descriptors, so that closing them all is quick."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (FEW, most))


def tie(parent: int) -> None:
    """Let this process die with its parent; a parent that is dead already ends it now."""
    _prctl(DIE_WITH_PARENT, int(signal.SIGKILL))
    if os.getppid() != parent:
        os._exit(1)


def ready() -> None:
    """Work out once what every child needs."""
    program(os.uname().machine)


def strain() -> bool:
    """Leave this process only the system calls that computing needs; whether the kernel can."""
    code = program(os.uname().machine)
    if code is None or not _without_new_rights():
        return False
    held = ctypes.create_string_buffer(code, len(code))
    head = (len(code) // 8).to_bytes(8, sys.byteorder)  # a 16-bit count and its padding
    head += ctypes.addressof(held).to_bytes(8, sys.byteorder)
    return _prctl(SET_SECCOMP, FILTER, ctypes.create_string_buffer(head, len(head))) == 0


def closed() -> bool:
    """Whether a file that everybody may read cannot be opened here."""
    return _refused(lambda: os.open("/", os.O_RDONLY))


def strained() -> bool:
    """Whether a call that everybody may make is refused here."""
    return _refused(socket.socketpair)


def _refused(trial: Callable[[], object]) -> bool:
    try:
        trial()
    except OSError:
        return True
    return False


def _without_new_rights() -> bool:
    return _prctl(NO_NEW_PRIVS, 1) == 0


def _prctl(option: int, *values: object) -> int:
    return _call("prctl", option, *values)


def _syscall(number: int, *values: object) -> int:
    return _call("syscall", number, *values)


def _call(name: str, *values: object) -> int:
    """-1 where the call fails or this system has none of that name."""
    if not sys.platform.startswith("linux"):
        return -1
    given = [ctypes.c_long(one) if isinstance(one, int) else one for one in values]
    given += [ctypes.c_long(0)] * (5 - len(given))
    return int(getattr(_libc(), name)(*given))


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)

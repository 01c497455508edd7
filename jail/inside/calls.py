"""The system calls that a run may use, as a seccomp program: all others fail with EPERM."""

from __future__ import annotations

import struct
from functools import cache

ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050001, 0x80000000
LOAD, EQUAL, ANY_BIT, RETURN = 0x20, 0x15, 0x45, 0x06  # of BPF
CALL_AT, MACHINE_AT, THIRD_AT = 0, 4, 32  # offsets in seccomp_data (lower half of argument 3)
EXECUTABLE = 4  # PROT_EXEC

# By machine: its audit number, plain calls, and those whose third argument is a protection:
# read write close lseek fstat munmap brk rt_sigaction rt_sigprocmask rt_sigreturn madvise mremap
# getpid gettid sched_yield futex clock_gettime exit exit_group getrandom sigaltstack; on x86-64
# also time and gettimeofday. No call of these names a path, a process or an address.
MACHINES: dict[str, tuple[int, tuple[int, ...], tuple[int, ...]]] = {
    "x86_64": (
        0xC000003E,
        (0, 1, 3, 5, 8, 11, 12, 13, 14, 15, 24, 25, 28, 39, 60, 96, 131, 186, 201, 202, 228, 231,
         318),
        (9, 10),
    ),
    "aarch64": (
        0xC00000B7,
        (57, 62, 63, 64, 80, 93, 94, 98, 113, 124, 132, 134, 135, 139, 172, 178, 214, 215, 216,
         233, 278),
        (222, 226),
    ),
}  # fmt: skip


@cache
def program(machine: str) -> bytes | None:
    """The filter for a machine (`os.uname().machine`), or None where its calls are not known."""
    if machine not in MACHINES:
        return None
    audit, plain, mapping = MACHINES[machine]
    steps = [
        _step(LOAD, MACHINE_AT),
        _step(EQUAL, audit, skip_if=1),
        _step(RETURN, KILL),
        _step(LOAD, CALL_AT),
    ]
    for call in plain:
        steps += [_step(EQUAL, call, skip_else=1), _step(RETURN, ALLOW)]
    for call in mapping:
        steps += [
            _step(EQUAL, call, skip_else=4),
            _step(LOAD, THIRD_AT),
            _step(ANY_BIT, EXECUTABLE, skip_if=1),
            _step(RETURN, ALLOW),
            _step(RETURN, REFUSE),
        ]
    return b"".join([*steps, _step(RETURN, REFUSE)])


def _step(code: int, value: int, *, skip_if: int = 0, skip_else: int = 0) -> bytes:
    return struct.pack("=HBBI", code, skip_if, skip_else, value)

"""Attacks on files and on the machine, for a jail whose defences in SQL are switched off."""

from __future__ import annotations

SCRIPTS = (  # each is run as a fixture; what it finds stands in the table `loot`
    "attach '{secret}' as s; create table loot as select * from s.t",
    "attach 'file:{secret}?mode=ro' as s; create table loot as select * from s.t",
    "attach 'file:{secret}?immutable=1' as s; create table loot as select * from s.t",
    "attach 'file:{secret}?vfs=unix-none' as s; create table loot as select * from s.t",
    "attach 'file:{secret}?vfs=unix-dotfile' as s; create table loot as select * from s.t",
    "attach 'file:{secret}?nolock=1&mode=ro' as s; create table loot as select * from s.t",
    "attach '{text}' as s; create table loot as select * from s.sqlite_master",
    "attach '/etc/passwd' as s; create table loot as select * from s.sqlite_master",
    "attach '/proc/self/environ' as s; create table loot as select * from s.sqlite_master",
    "create table loot as select load_extension('{secret}') as a",
    "create table loot as select load_extension('/lib/x86_64-linux-gnu/libm.so.6') as a",
    "create table loot as select load_extension('libc.so.6', 'system') as a",
    "attach '{new}' as n; create table n.t(a)",
    "attach 'file:{new}?mode=rwc' as n; create table n.t(a); insert into n.t values (1)",
    "attach 'file:{new}?mode=rwc&vfs=unix-none' as n; create table n.t(a)",
    "create table t(a); insert into t values (1); vacuum into '{new}'",
    "create table t(a); vacuum main into 'file:{new}'",
    "attach '{secret}' as s; insert into s.t values ('mine')",
    "attach '{secret}' as s; delete from s.t",
    "attach '{secret}' as s; pragma s.user_version = 7",
    (
        "pragma temp_store_directory='{folder}'; pragma temp_store=1; pragma temp.cache_size=1; "
        "create temp table t as with recursive c(x) as (select 1 union all select x + 1 from c "
        "limit 90000) select printf('%90d', x) as y from c"
    ),
    "attach '{text}' as s; create table s.t(a)",
    "attach '{folder}/./new' as n; create table n.t(a)",
    "attach '/proc/self/root{new}' as n; create table n.t(a)",
    "attach '/proc/self/root{secret}' as s; create table loot as select * from s.t",
    (
        "attach '' as s; pragma s.cache_size=1; create table s.t as with recursive c(x) as "
        "(select 1 union all select x + 1 from c limit 90000) select printf('%90d', x) as y from c"
    ),
)
CALLS = (  # io_uring_setup, openat2, open of the x32 kind, prctl, ptrace, unshare
    "425, 8, 0",
    "437, -100, b'{text}', 0, 0",
    "0x40000002, b'{text}', 0",
    "157, 22, 9",
    "101, 16, os.getpid(), 0, 0",
    "272, 0x04000000",
)
CODE = (  # Python that is evaluated in the child; it must raise
    "open('{text}').read()",
    "open('{text}', 'w').write('mine')",
    "open('{new}', 'w').write('mine')",
    "open('/proc/self/mem', 'rb')",
    "open('/proc/%d/environ' % os.getppid(), 'rb').read()",
    "open('/dev/null')",
    "os.listdir('{folder}')",
    "os.stat('{text}')",
    "os.unlink('{text}')",
    "os.rename('{text}', '{new}')",
    "os.mkdir('{new}')",
    "os.symlink('{text}', '{new}')",
    "os.link('{text}', '{new}')",
    "os.chmod('{text}', 0o777)",
    "os.truncate('{text}', 0)",
    "os.chdir('{folder}')",
    "os.memfd_create('x')",
    "os.pipe()",
    "os.dup(3)",
    "os.fork()",
    "os.execv('/bin/sh', ['sh', '-c', 'touch {new}'])",
    "subprocess.run(['touch', '{new}'])",
    "os.system('touch {new}') and 1 / 0",
    "threading.Thread(target=print).start()",
    "os.kill(os.getppid(), 9)",
    "os.kill(-1, 0)",
    "os.setsid()",
    "os.nice(-5)",
    "socket.socket()",
    "socket.socketpair()",
    "mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_EXEC)",
    "ctypes.CDLL('libutil.so.1')",
    *(f"LIBC.syscall({call}) >= 0 or ctypes.get_errno() != 1 or 1 / 0" for call in CALLS),
    "bytearray(300 << 20) and ''",
)
LOOK = (  # the environment (Python itself may set LC_CTYPE) and the open descriptors
    "','.join(sorted({*os.environ} - {'LC_CTYPE'})) + '|' + ','.join(str(n) for n in range(64) "
    "if LIBC.lseek(n, 0, 1) >= 0 or ctypes.get_errno() == 29)"
)

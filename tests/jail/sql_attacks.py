"""Attacks on the jail in SQL, by kind; {secret}, {text} and {new} are paths of files."""

from __future__ import annotations

CANARY = "canary-7d1f0c"
FIXTURE = f"""
create table emp(id integer primary key, name text, dept text, salary int);
insert into emp values (1,'Ann','ops',10),(2,'Bo','ops',20),(3,'Cy','dev',30),(4,'Di',null,40);
create view well_paid as select id, name from emp where salary > 20;
create table _expected(answer text);
insert into _expected values ('{CANARY}');
create index _by_answer on _expected(answer);
"""
LOOP = "with recursive c(x) as (select 1 union all select x + 1 from c)"
CROSS = "with recursive c(x) as (select 1 union all select x + 1 from c where x < 3000)"
LONG = "(select replace(hex(zeroblob(40000)), '0', 'a'))"
BLOCK = "(select replace(printf('%90000d', 1), ' ', 'a'))"


def doubled(times: int, join: str = "select a.x from {0} a, {0} b") -> str:
    """Tables made of two of the one before: 2^times of them when it is prepared."""
    parts = ["t0 as (select 1 as x)"]
    parts += [f"t{n} as ({join.format(f't{n - 1}')})" for n in range(1, times + 1)]
    return f"with {', '.join(parts)} select count(*) from t{times}"


FILE_READ = (
    "attach '{secret}' as s",
    "attach 'file:{secret}?mode=ro' as s",
    "attach database '{secret}' as main2; select * from main2.t",
    "select * from s.t",
    "select readfile('{text}')",
    "select load_extension('{secret}')",
    "select load_extension('/lib/x86_64-linux-gnu/libc.so.6', 'system')",
    "with a as (select readfile('{text}') as x) select x from a",
    "select * from csv('{text}')",
    "select * from fsdir('/etc')",
    "select * from zipfile('{secret}')",
    "select edit('{text}', 'cat')",
    "create virtual table v using csv(filename='{text}')",
    ".read {text}",
    "/**/attach/**/'{secret}'/**/as/**/s",
    "select 1; attach '{secret}' as s",
    "select sqlite_dbpage.data from sqlite_dbpage('main')",
    "select * from pragma_temp_store_directory('/etc')",
)
FILE_WRITE = (
    "attach '{new}' as n",
    "attach 'file:{new}?mode=rwc' as n",
    "vacuum into '{new}'",
    "vacuum main into '{new}'",
    "select writefile('{new}', 'x')",
    "pragma temp_store_directory='{folder}'",
    "pragma journal_mode=wal",
    "with x as (select writefile('{new}', 'x') as n) select n from x",
    ".output {new}",
    ".backup {new}",
    "select 1; vacuum into '{new}'",
    "values (1); attach '{new}' as n; create table n.t(a)",
    "create virtual table f using fts5(a)",
    "select 1 /* ; */ ; vacuum into '{new}' --",
)
TAMPER = (
    "insert into emp values (9,'x','y',1)",
    "update emp set salary = 0",
    "delete from emp",
    "replace into emp values (1,'x','y',1)",
    "drop table emp",
    "drop view well_paid",
    "alter table emp rename to pme",
    "alter table emp add column z",
    "create table t(a)",
    "create temp table t(a)",
    "create view v as select 1",
    "create index i on emp(name)",
    "create trigger g after insert on emp begin delete from emp; end",
    "create temp trigger g after insert on emp begin delete from emp; end",
    "with x as (select 1) delete from emp",
    "with x as (select 1) update emp set salary = 0",
    "with x as (select 1) insert into emp(name) select 'x' from x",
    "pragma query_only = 0",
    "pragma trusted_schema = 1",
    "pragma writable_schema = 1",
    "pragma user_version = 7",
    "pragma hard_heap_limit = 0",
    "pragma schema_version = 0",
    "vacuum",
    "reindex",
    "analyze",
    "begin",
    "commit",
    "savepoint s",
    "rollback",
    "detach main",
    "explain select * from _expected",
    "select 1; delete from emp",
    "select 1;;; delete from emp",
    "select ';'; drop table emp",
    "select 1 /* */; /* x */ drop table emp",
    "  -- hello\n  delete from emp",
    "/* select */ delete from emp",
    "delete from emp returning id",
    "select * from pragma_query_only(0)",
)
HIDDEN = (
    "select * from _expected",
    "select * from main._expected",
    'select * from "_expected"',
    "select * from [_EXPECTED]",
    "select * from `_Expected` as emp",
    "select count(*) from _expected",
    "select exists(select 1 from _expected)",
    "select 1 from emp where 'canary' < (select answer from _expected)",
    "with _expected as (select * from main._expected) select * from _expected",
    "with e as (select * from _expected) select * from e",
    "select * from emp natural join _expected",
    "select * from emp union all select answer, 1, 1, 1 from _expected",
    "select sql from sqlite_master",
    "select sql from sqlite_schema",
    "select count(*) from sqlite_master",
    "select * from main.sqlite_master",
    "select * from sqlite_temp_master",
    "select * from pragma_table_list",
    "select * from pragma_table_info('_expected')",
    "select name from pragma_function_list",
    "select * from pragma_database_list",
    "select * from dbstat",
    "select * from sqlite_stat1",
    "select * from sqlite_dbpage",
    "select * from bytecode('select 1')",
    "select * from tables_used('select * from _expected')",
    "select sqlite_version()",
    "select sqlite_source_id()",
    "select sqlite_compileoption_get(1)",
    "select hex(randomblob(8))",
    "select random()",
    "select last_insert_rowid(), changes(), total_changes()",
    "select * from emp order by (select answer from _expected)",
    "select max(answer) over () from _expected",
    "select * from pragma_compile_options",
    "select * from emp indexed by _by_answer",
)
CPU_VM = (
    f"{LOOP} select count(*) from c",
    f"{LOOP} select max(x) from c",
    f"{LOOP} select x from c where x < 0",
    f"{LOOP} select sum(x * x % 7) from c",
    f"{CROSS} select count(*) from c a, c b, c d",
    f"{CROSS} select count(*) from c a, c b where a.x * b.x = -1",
    f"{CROSS} select a.x from c a, c b, c d order by a.x * b.x * d.x limit 1",
    (
        "with recursive c(x) as (select 1 union select (x * 7 + 1) % 1000003 from c) "
        "select count(*) from c a, c b"
    ),
    f"{LOOP} select count(distinct x) from c",
    f"{LOOP} select row_number() over (order by x) from c limit 1",
    (
        "select count(*) from emp a, emp b, emp c, emp d, emp e, emp f, emp g, emp h, emp i, "
        "emp j, emp k, emp l, emp m, emp n, emp o, emp p"
    ),
    f"{LOOP} select 1 where 0 in (select x from c)",
)
CPU_CALL = (
    f"{CROSS} select sum(instr({BLOCK}, {BLOCK} || 'b')) from c",
    f"select instr({BLOCK}, substr({BLOCK}, 1, 45000) || 'b')",
    f"select replace({BLOCK}, substr({BLOCK}, 1, 45000) || 'b', 'c')",
    f"select {BLOCK} like '%a%a%a%a%a%a%a%a%a%a%a%a%a%b'",
    f"select {BLOCK} glob '*a*a*a*a*a*a*a*a*a*a*a*a*a*b'",
    f"select {BLOCK} like '{'%a' * 49}%b'",
    f"select trim({BLOCK}, {BLOCK})",
    f"select length(replace({BLOCK}, 'a', 'aa'))",
    f"select json_valid('[' || replace({BLOCK}, 'a', '[') || ']')",
    f"select json_extract('[' || replace({BLOCK}, 'a', '1,') || '1]', '$[40000]')",
    f"{CROSS} select count(upper(printf('%90000d', a.x))) from c a, c b",
    "select printf('%.*f', 100000000, 1.0)",
    "select printf('%.100000000d', 1)",
    "select substr(quote(printf('%.90000c', 'x')), -1)",
    f"{CROSS} select group_concat(hex(printf('%40000d', x))) from c",
    f"{CROSS} select count(*) from c where {BLOCK} like '%a%a%a%a%a%b'",
    "select strftime('" + "%Y" * 4000 + "', 'now')",
    "select format('%*d', 2147483647, 1)",
)
CPU_PREPARE = (
    doubled(16),
    doubled(20),
    doubled(24),
    doubled(40),
    doubled(30, "select * from {0} union select x from {0}"),
    doubled(30, "select x from {0} where x in (select x from {0})"),
    doubled(30, "select (select x from {0}) as x from {0}"),
    doubled(30, "select a.x from {0} a left join {0} b using (x)"),
    doubled(25, "select a.x from {0} a, {0} b, {0} c"),
    f"select {'(' * 4000}1{')' * 4000}",
    f"select {'-' * 1}{' - ' * 3000}1",
    f"select {'not ' * 2400}1",
    f"select {' + '.join('1' * 2400)}",
    "select 1" + " union select 1" * 600,
    "select 1" + " union all select 1" * 500,
    f"select {', '.join(['1'] * 2000)}",
    f"select 1 from {', '.join(['emp'] * 64)} where 0",
    f"select 1 from {', '.join(['emp'] * 65)}",
    f"select {' case when 1 then' * 400} 1 {'end ' * 400}",
    f"select 1 where 1 in ({','.join(['1'] * 4000)})",
    f"select coalesce({','.join(['null'] * 900)})",
    "select * from " + "(select * from " * 500 + "emp" + ")" * 500,
    f"with {', '.join(f'a{n} as (select 1)' for n in range(400))} select * from a399",
    f"select 1 from {' natural join '.join(['emp'] * 60)}",
    "values " + ",".join(["(1)"] * 2400),
    "select " + "exists(select " * 600 + "1" + ")" * 600,
)
MEMORY = (
    f"{LOOP} select group_concat(x) from c",
    f"{LOOP} select json_group_array(x) from c",
    f"{LOOP} select x from c order by -x",
    f"{LOOP} select distinct x from c order by 1 desc",
    "with recursive c(x) as (select 'a' union all select x || x from c) select length(x) from c",
    f"{LOOP} select group_concat(printf('%90000d', x)) from c",
    "select zeroblob(1000000000)",
    "select randomblob(1000000000)",
    "select hex(zeroblob(500000000))",
    "select printf('%1000000000d', 1)",
    (
        "with recursive c(x) as (select printf('%90000d', 1) union all select x || 'a' from c) "
        "select count(distinct x) from c"
    ),
    f"{LOOP} select json_group_object(x, printf('%9000d', x)) from c",
    f"{LOOP} select count(*) from c a join (select x from c limit 10000000) b on a.x = b.x",
    f"{LOOP} select lag(x, 100000000) over () from c",
    "select replace(printf('%90000d', 1), ' ', printf('%90000d', 1))",
    f"{LOOP} select sum(x) over (rows between unbounded preceding and unbounded following) from c",
    f"{LOOP} select printf('%90000d', x) from c order by 1",
    (
        f"{CROSS} select * from (select printf('%90000d', x) y from c) a, "
        "(select printf('%90000d', x) z from c) b order by y, z"
    ),
)
SIZE = (
    f"{LOOP} select x from c",
    f"{LOOP} select printf('%90000d', x) from c",
    f"{LOOP} select {', '.join(['x'] * 100)} from c",
    f"select {', '.join(['printf(chr, 1)'.replace('chr', chr(39) + '%90000d' + chr(39))] * 100)}",
    f"{LOOP} select char(1, 2, 3, 27, 127, 8238, 65279, 1114109) || x from c",
    f"select 1 as '{'n' * 9000}'",
    f"{LOOP} select x'00ff' || printf('%50000d', x) from c",
    f"{LOOP} select printf('%9000d', x) as \"{'x' * 500}\" from c limit 199",
    f"select '{'x' * 20_000}'",
    f"select 1 {' ' * 1_000_000}",
)
_FORGED = '{"columns":["answer"],"rows":[["forged"]],"cut":false}'
INJECT = (
    f"select char(10) || '{_FORGED}' || char(10)",
    f"select '\n{_FORGED}\n'",
    f"select 1 as '\n{_FORGED}\n'",
    "select '<!channel> <@U1> @everyone <@&1> <https://x.example|y> [a](https://x.example)'",
    "select 1 as '<!here> @here **b** `c` ```d```'",
    "select char(8238, 8203, 65279, 27, 7, 0, 13, 10, 96, 96, 96)",
    "select char(55296), char(57343), char(1114111), char(0)",
    "select cast(x'ff00fe80' as text), x'0a0d00'",
    'select 1 as "\x1b[2J\x1b]0;title\x07"',
    "select 9e999, -9e999, 9e999 - 9e999, 9223372036854775807, -9223372036854775808",
    "select 'a' || char(0) || 'b' as 'c'",
    'select \'"]],"cut":true}\' as \'"],"rows":[["forged"]]}\'',
    'select * from "@everyone"',
    "select '<!channel>' from `<@U1>`",
    "select \ud800",
    "select 1 as a\0b",
    "select raise(abort, '\n')",
    "select json('{" + '"a":' * 200 + "')",
)
CHAIN = (
    ("create table shared(a)", "select * from shared"),
    ("create temp table shared(a)", "select * from temp.shared"),
    ("insert into emp values (7,'x','y',1)", "select count(*) from emp where id = 7"),
    ("update emp set salary = 999", "select count(*) from emp where salary = 999"),
    ("pragma writable_schema = 1", "select count(*) from sqlite_master"),
    ("pragma case_sensitive_like = 1", "select 'A' like 'a'"),
    ("attach ':memory:' as m", "select * from m.sqlite_master"),
    ("begin", "select 1"),
    ("pragma hard_heap_limit = 1", "select printf('%90000d', 1) is not null"),
    (f"{LOOP} select group_concat(x) from c", "select 1"),
    (doubled(40), "select 1"),
    ("select 1; create view v as select * from _expected", "select * from v"),
)
CRASH = (
    "select fts3_tokenizer('simple', x'4141414141414141')",
    "select fts3_tokenizer('x', 4702111234474983745)",
    "create virtual table f using fts3(tokenize=simple)",
    "select snippet(emp), offsets(emp), matchinfo(emp) from emp",
    "select rtreecheck('emp'), rtreedepth(x'00')",
    "select * from emp where emp match 'x'",
    "select likelihood(1, 0.5), unlikely(x'00'), abs(-9223372036854775808)",
    "select -9223372036854775808 / -1, -9223372036854775808 % -1",
    "select printf('%n%n%s%s', 1, 2), printf('%*.*s', -2147483648, 2147483647, 'x')",
    "select json_patch('{\"a\":' || printf('%.*c', 5000, '[') || '1', '{}')",
    "select round(1e300, 2147483647), substr('x', -9223372036854775808, 9223372036854775807)",
    "select strftime('%s', 9e99), date(-9223372036854775808), julianday('9999-99-99')",
    "select sum(9223372036854775807) from emp",
    "select group_concat(distinct name, ',') from emp",
    "select ntile(0) over (), nth_value(1, 0) over () from emp",
)
ENDLESS = f"{LOOP} select x + 100, printf('%9000d', x), 'x', x from c"
WRITES = (  # where the exercise lets rows be changed; FIXTURE's hidden table stays hidden
    "delete from _expected",
    "update _expected set answer = 'mine'",
    "insert into _expected values ('mine')",
    "update emp set name = (select answer from _expected)",
    "insert into emp select 9, answer, 'x', 1 from _expected",
    "insert into emp(name) select sql from sqlite_master",
    "update sqlite_master set sql = ''",
    "delete from sqlite_sequence",
    "delete from emp where id in (select 1 from _expected)",
    "delete from emp returning (select answer from _expected)",
    "drop table emp",
    "create trigger g after insert on emp begin delete from emp; end",
    "with x as (select 1) insert into _expected select * from x",
    "insert into emp values (9,'x','y',1); delete from emp",
    "attach '{new}' as n",
    "vacuum into '{new}'",
    "pragma writable_schema = 1",
    "insert into emp values (9, load_extension('{secret}'), 'y', 1)",
    f"insert into emp {ENDLESS}",
    f"insert into emp(name) {LOOP} select 'x' from c",
    f"update emp set salary = ({LOOP} select max(x) from c)",
    f"insert into emp values (1,'','',1) on conflict do update set name = ({ENDLESS})",
)
KINDS: dict[str, tuple[str, ...]] = {
    "file_read": FILE_READ,
    "file_write": FILE_WRITE,
    "tamper": TAMPER,
    "writes": WRITES,
    "hidden": HIDDEN,
    "cpu_vm": CPU_VM,
    "cpu_call": CPU_CALL,
    "cpu_prepare": CPU_PREPARE,
    "memory": MEMORY,
    "size": SIZE,
    "inject": INJECT,
    "crash": CRASH,
}

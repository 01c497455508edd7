"""What learners write in earnest: all of it must be run, with the truth as its outcome."""

from __future__ import annotations

SHOP = """
create table customer(id integer primary key, name text not null, city text);
create table purchase(id integer primary key, customer_id integer references customer(id),
  day text not null, amount numeric not null, note text);
insert into customer values (1,'Ann','Oslo'),(2,'Bo','Rome'),(3,'Cy',null),(4,'Di','Oslo');
insert into purchase values (1,1,'2026-01-03',10,'{"gift": true}'),(2,1,'2026-02-01',20.5,null),
  (3,2,'2026-02-11',5,'x'),(4,4,'2026-02-28',7.25,null),(5,null,'2026-03-01',1,'');
create view spend as select customer_id, sum(amount) as total from purchase group by customer_id;
"""
QUERIES: tuple[tuple[str, int], ...] = (  # with the number of rows
    ("select * from customer", 4),
    ("SELECT name FROM customer WHERE city = 'Oslo' ORDER BY name;", 2),
    ("select c.name, p.amount from customer c join purchase p on p.customer_id = c.id", 4),
    ("select c.name, p.id from customer c left join purchase p on p.customer_id = c.id", 5),
    ("select c.name, p.id from customer c right join purchase p on p.customer_id = c.id", 5),
    ("select c.name, p.id from customer c full outer join purchase p on p.customer_id = c.id", 6),
    ("select a.id, b.id from customer a cross join customer b", 16),
    ("select * from customer where city is null", 1),
    ("select city, count(*) from customer group by city having count(*) > 1", 1),
    ("select count(*), count(city), count(distinct city) from customer", 1),
    (("select name from customer where id not in (select customer_id from purchase "
     "where customer_id is not null)"), 1),
    (("select name from customer c where not exists "
     "(select 1 from purchase p where p.customer_id = c.id)"), 1),
    (("with total as (select customer_id, sum(amount) s from purchase group by 1) "
     "select name, s from total join customer on id = customer_id"), 3),
    (("with recursive n(x) as (select 1 union all select x + 1 from n where x < 50) "
     "select x from n"), 50),
    ("select name, row_number() over (order by name) from customer", 4),
    ("select id, sum(amount) over (partition by customer_id order by day) from purchase", 5),
    (("select id, rank() over w, dense_rank() over w, lag(amount) over w, "
     "lead(amount, 1, 0) over w from purchase window w as (order by amount)"), 5),
    (("select id, first_value(day) over (order by day rows between 1 preceding and current row), "
     "ntile(2) over (order by id) from purchase"), 5),
    ("select strftime('%Y-%m', day) as month, sum(amount) from purchase group by month", 3),
    ("select date(day, '+1 month', 'start of month', '-1 day') from purchase", 5),
    ("select julianday('2026-03-01') - julianday(day) from purchase", 5),
    ("select coalesce(city, 'nowhere'), nullif(name, 'Bo'), ifnull(city, '') from customer", 4),
    (("select case when amount > 9 then 'big' when amount > 5 then 'mid' else 'small' end "
     "from purchase"), 5),
    ("select upper(name) || '-' || lower(coalesce(city, '')) from customer", 4),
    ("select group_concat(name, ', ') from (select name from customer order by name)", 1),
    ("select * from customer where name like '%n%' or name glob 'B*'", 2),
    ("select round(avg(amount), 2), min(amount), max(amount), total(amount) from purchase", 1),
    ("select name from customer union select city from customer", 7),
    ("select id from customer intersect select customer_id from purchase", 3),
    ("select id from customer except select customer_id from purchase", 1),
    ("select * from purchase order by amount desc nulls last limit 2 offset 1", 2),
    ("select cast(amount as integer), typeof(amount), abs(-amount), amount % 2 from purchase", 5),
    ("select json_extract(note, '$.gift') from purchase where json_valid(note)", 1),
    ("select j.key, j.value from json_each('[1, 2, 3]') j", 3),
    ("select customer_id, total from spend where total > 6", 2),
    (("select sum(amount) filter (where customer_id = 1), count(*) filter (where note is null) "
     "from purchase"), 1),
    ("select a.id, b.id from purchase a join purchase b on a.id < b.id and a.day < b.day", 10),
    ("values (1, 'a'), (2, 'b')", 2),
    ("-- the oldest\n/* of all */ select min(day) from purchase -- done", 1),
    ("select * from customer where (id, name) in (values (1, 'Ann'), (2, 'Bo'))", 2),
    (("select printf('%.2f', amount), substr(day, 1, 4), instr(day, '-'), replace(day, '-', '') "
     "from purchase"), 5),
    ("with _t as (select id from customer) select count(*) from _t", 1),
    ('select "name" as "Full name", [city], `id` from "customer" where name = \'O\'\'Neil; --\'',
     0),
    ("select name, (select count(*) from purchase p where p.customer_id = c.id) from customer c",
     4),
    ("select percent_rank() over (order by id), cume_dist() over (order by id) from customer", 4),
)  # fmt: skip
CHANGES: tuple[tuple[str, int], ...] = (  # with the number of customers that there are then
    ("insert into customer values (5,'Ed','Bern')", 5),
    ("insert into customer(name) select name || '2' from customer", 8),
    (("insert into customer values (1,'Ann','Bern') on conflict(id) do update "
     "set city = excluded.city"), 4),
    ("replace into customer values (1,'Anna',null);", 4),
    ("update customer set city = 'Bern' where city is null returning id, city", 4),
    (("with far as (select id from customer where city = 'Oslo') delete from customer "
     "where id in (select id from far)"), 2),
    (("delete from customer where not exists (select 1 from purchase p "
     "where p.customer_id = customer.id)"), 3),
    ("update customer set name = upper(name) from purchase p where p.customer_id = customer.id", 4),
)  # fmt: skip
PATTERNS: tuple[tuple[str, str, str], ...] = (  # what it takes, what it does not
    ("[0-9]+", "123", "12a"),
    (r"\d{4}-\d{2}-\d{2}", "2026-01-03", "26-1-3"),
    (r"([01][0-9]|2[0-3]):[0-5][0-9]", "23:59", "24:00"),
    (r"[A-Za-z_][A-Za-z0-9_]*", "_a1", "1a"),
    (r"[^@\s]+@[^@\s]+\.[a-z]{2,}", "a.b@c.org", "a@b"),
    (r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}", "10.0.0.1", "10.0.0"),
    (r"#[0-9a-fA-F]{6}", "#00ffAA", "#00ffA"),
    (r'"(?:[^"\\]|\\.)*"', r'"a\"b"', '"a"b"'),
    (r"(?P<word>\w+) (?P=word)", "go go", "go no"),
    (r"(\w)\w*\1", "abca", "abc"),
    (r"(?=.*\d)(?=.*[a-z]).{8,}", "passw0rd", "password"),
    (r"(?!admin).*", "user", "admin"),
    (r".*(?<!\.tmp)", "a.txt", "a.tmp"),
    (r"(?i)yes|no", "YES", "maybe"),
    (r"(?x) \d+ # digits", "12", "x"),
    (r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?", "-1.5e10", "01"),
    (r"(?s)<!--.*?-->", "<!-- a\nb -->", "<!-- a"),
    (r"[\w.+-]+", "a.b+c-d", "a b"),
    (r"\A\s*\Z", "  \t", " x "),
    (r"(a)?b(?(1)c|d)", "abc", "abd"),
    (r"[äöüß]+", "größe"[2:4], "grosse"),
    (r"(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.|$)){4}", "192.168.1.1", "256.1.1.1"),
)

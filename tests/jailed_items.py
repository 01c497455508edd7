"""Questions of our own whose answers are run: a query and a pattern, never changing."""

from __future__ import annotations

from questions.model import Fixture, MustFail, Regex, Sql
from tests.bank import item

QUERY = Sql(
    "create table club(id integer primary key, name text not null);\n"
    "create table member(club_id integer not null, person text not null, state text);\n",
    (
        Fixture(
            "shown to the reader",
            "insert into club values (1,'Chess'),(2,'Rowing');\n"
            "insert into member values (1,'ana','active'),(1,'bo','left'),(1,'cy','active');\n",
        ),
        Fixture("nobody at all", "insert into club values (3,'Dance');\n"),
        Fixture(
            "somebody left and came back",
            "insert into club values (4,'Go');\n"
            "insert into member values (4,'di','left'),(4,'di','active'),(4,'ed',NULL);\n",
        ),
    ),
    ordered=True,
    solution="select c.name, count(m.person) as active\nfrom club c\n"
    "left join member m on m.club_id = c.id and m.state = 'active'\n"
    "group by c.id, c.name\norder by c.name\n",
    must_fail=(
        MustFail(
            "select c.name, count(*) from club c left join member m on m.club_id = c.id "
            "and m.state = 'active' group by c.id, c.name order by c.name",
            "count(*) counts the row that the outer join has filled with NULL.",
            "count-star-of-outer-join",
        ),
        MustFail(
            "select c.name, count(distinct m.person) from club c left join member m "
            "on m.club_id = c.id group by c.id, c.name order by c.name",
            "Without the state in the condition everybody is counted.",
            "join-forgets-a-condition",
        ),
    ),
)
PATTERN = Regex(
    ("00", "07", "42", "59"),
    ("60", "7", "007", "", "5a", "42\n", " 42", "4\u0662"),
    "[0-5][0-9]",
    (
        MustFail("[0-9]{2}", "Two digits can also be 60 to 99.", "two-digits-make-a-minute"),
        MustFail(r"[0-5]\d", r"\d takes digits of every script.", "backslash-d-means-ten-digits"),
    ),
)
SQL = item(
    "sql",
    "sql",
    "grouping",
    "junior",
    "club(id, name) and member(club_id, person, state). Give for every club its `name` and\n"
    "how many members in state 'active' it has, as `active`, 0 included. Sort by name.",
    QUERY,
    "What the partner row must satisfy belongs in ON; count(column) skips NULL and gives 0.",
)
REGEX = item(
    "regex",
    "languages",
    "regular-expressions",
    "junior",
    "Write a Python regular expression, used with `re.fullmatch`, that accepts exactly the\n"
    "minutes of an hour: 00 to 59, two ASCII digits.",
    PATTERN,
    "A range of numbers is spelt out by digits: one of 0 to 5, then one of 0 to 9.",
)
RUN = (SQL, REGEX)

"""Each rule of the typed answers has one table: question, answers, near misses, given."""

from __future__ import annotations

import pytest

from tests.grading.asked import ask

JOIN = ("Which SQL join keeps all rows of both tables?", "FULL OUTER JOIN|FULL JOIN", "INNER JOIN")
CREATED = ("Which HTTP status says that a resource was created?", "201|Created", "200|202")
FETCH = ("Which git command downloads without merging?", "git fetch|fetch", "git pull|git clone")
NLOGN = ("Time complexity of merge sort?", "O(n log n)", "O(n)|O(n^2)")
COUNT = ("Which aggregate counts rows?", "COUNT(*)", "SUM")
SPY = ("Which test double records calls?", "spy|mock", "stub")
FLAG = ("Which option shows the staged changes?", "git diff --staged|--staged", "git diff")
PICKAXE = ("Which option of git log finds a changed string?", "-S", "-G")


@pytest.mark.parametrize(
    ("question", "given"),
    [
        (CREATED, "**201**"),
        (CREATED, "```\n201\n```"),
        (CREATED, " '201'. "),
        (CREATED, "it's 201"),
        (CREATED, "I think it is 201, right?"),
        (CREATED, "Created!"),
        (FETCH, "`git fetch`"),
        (FETCH, "I'd use git fetch"),
        (NLOGN, "\u0398(n log n)"),
    ],
)
def test_wrapping_is_taken_off(question: tuple[str, str, str], given: str) -> None:
    """Marks, quotes, fences and the words around an answer do not count."""
    assert ask(*question, given).right


@pytest.mark.parametrize(
    ("answer", "given"), [("pass", "pass"), ("None", "None"), ("false", "False"), ("skip", "skip")]
)
def test_an_alias_is_an_answer_before_it_is_a_surrender(answer: str, given: str) -> None:
    """A word that usually means that nobody knows is right where it is the answer."""
    assert ask("Which statement?", answer, "", given).right
    assert ask("Which statement?", "other", "", "pass").mark == "unknown"


def test_nothing_is_empty() -> None:
    """White space and marks alone are an empty answer."""
    assert ask(*CREATED, "  \n ").reason == "empty"


@pytest.mark.parametrize("given", ["GROUP BY", "group-by", "the group by clause", "gruop by"])
def test_a_near_miss_says_why(given: str) -> None:
    """A listed near miss, however written, gets the author's explanation."""
    verdict = ask("Which clause sorts a result?", "ORDER BY", "GROUP BY", given)
    assert (verdict.mark, verdict.reason) == ("wrong", "near-miss")
    assert verdict.why == "GROUP BY is another thing"
    assert verdict.misconception == "GROUP BY"


def test_a_mistyped_near_miss_with_a_slash_says_why() -> None:
    """Its own marks do not make it two alternatives, of which one is another near miss."""
    verdict = ask(
        "What does curl send by itself?", "form", "application/json|json", "aplication/json"
    )
    assert (verdict.reason, verdict.why) == ("near-miss", "application/json is another thing")


@pytest.mark.parametrize(
    ("question", "given"),
    [
        (("Caches may store it, but must ask first. Which one?", "no-cache|nocache", "no-store"),
         "nocache, no-store"),
        (("Two readers hold a page. Which lock is it?", "shared lock", "page"), "page shared lock"),
        (("Which attribute ties id and name?", "for|the for attribute", "id"), "for id"),
    ],
)  # fmt: skip
def test_an_answer_with_a_near_miss_beside_it_is_wrong(
    question: tuple[str, str, str], given: str
) -> None:
    """Words of the question may stand around an answer, a listed wrong one may not."""
    assert not ask(*question, given).right


@pytest.mark.parametrize(
    "given",
    [
        "Which HTTP status says that a resource was created?",
        "the HTTP status that says a resource was created",
        "a resource",
    ],
)
def test_an_echo_is_wrong(given: str) -> None:
    """Words of the question alone are no answer, even where the answer is one of them."""
    assert not ask(*CREATED, given).right


@pytest.mark.parametrize(
    ("question", "given", "right"),
    [
        (COUNT, "count( * ) ;", True),
        (COUNT, "COUNT(1)", False),
        (COUNT, "cuont(*)", False),
        (FLAG, "git  diff --staged;", True),
        (FLAG, "the --staged flag", True),
        (FLAG, "git diff --stagd", False),
        (FLAG, "git diff --unstaged", False),
        (PICKAXE, "-S", True),
        (PICKAXE, "-s", False),
        (PICKAXE, "-G", False),
    ],
)
def test_code_is_exact(question: tuple[str, str, str], given: str, *, right: bool) -> None:
    """In code only white space, fences and a last semicolon may differ."""
    assert ask(*question, given).right is right


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("201, not 200", "alias"),
        ("201 and not 200", "alias"),
        ("not 200 but 201", "alias"),
        ("it's not 200, it's 201", "alias"),
        ("201 rather than 200", "alias"),
        ("200, not 201", "negated"),
        ("not 201", "negated"),
        ("that's not 201", "negated"),
        ("it isn't 201", "negated"),
        ("201? No.", "negated"),
        ("anything but 201", "negated"),
        ("200 or 201", "hedge"),
        ("201 or maybe 200", "hedge"),
        ("201/200", "hedge"),
        ("either 200 or 201", "hedge"),
        ("201 or created", "alias"),
        ("maybe 201", "alias"),
        ("201 or something", "alias"),  # a rest that names nothing is no alternative
        ("200 or something", "near-miss"),
    ],
)
def test_contrast_denial_and_hedge(given: str, reason: str) -> None:
    """`A, not B` is A; a denial is wrong; of alternatives each must be right."""
    assert ask(*CREATED, given).reason == reason


@pytest.mark.parametrize(
    ("given", "right"),
    [
        ("O(n lg n)", True),
        ("n*log2(n)", True),
        ("O(nlogn)", True),
        ("n log n", True),
        ("linearithmic", True),
        ("O(n log log n)", False),
        ("n + log n", False),
        ("O(nn log)", False),
        ("O(n)", False),
        ("O(n^2)", False),
    ],
)
def test_growth_has_one_form(given: str, *, right: bool) -> None:
    """Every way of writing a cost is one cost, and no other."""
    assert ask(*NLOGN, given).right is right


@pytest.mark.parametrize(
    ("answer", "given"),
    [
        ("O(n^2)", "n\u00b2"),
        ("O(n^2)", "n*n"),
        ("O(n^2)", "n squared"),
        ("O(n^2)", "O(n**2)"),
        ("O(V + E)", "O(|E|+|V|)"),
        ("O(1)", "constant time"),
        ("O(log n)", "logarithmic"),
        ("O(sqrt(n))", "O(\u221an)"),
        ("O(2^n)", "exponential"),
        ("O((log n)^2)", "log^2 n"),
    ],
)
def test_growth_in_words_and_signs(answer: str, given: str) -> None:
    """Words, superscripts and bars are read."""
    assert ask("Worst case complexity?", answer, "", given).right


@pytest.mark.parametrize(
    ("answer", "given"),
    [
        ("first normal form", "1st normal form"),
        ("two-phase commit", "2PC"),
        ("22", "twenty-two"),
        ("color", "colour"),
        ("normalization", "normalisation"),
        ("adapter", "adaptor"),
        ("configuration", "config"),
        ("Kubernetes", "k8s"),
        ("DNS", "domain name system"),
        ("single responsibility principle", "SRP"),
        ("Elasticsearch", "elastic search"),
        ("load balancer", "loadbalancer"),
        ("lost update", "lost updates"),
        ("encryption", "encrypting"),
        ("Dijkstra's algorithm", "dijkstras"),
        ("Liskov substitution principle", "liskov"),
        ("FIFO", "F.I.F.O."),
        ("B-tree", "btree"),
    ],
)
def test_one_word_in_many_forms(answer: str, given: str) -> None:
    """Numbers, spellings, short forms, inflection and hyphens are one answer."""
    verdict = ask("What is it called?", answer, "", given)
    assert verdict.right
    assert verdict.matched == answer


@pytest.mark.parametrize(
    ("answer", "given", "right"),
    [
        ("ARP", "ASP", False),
        ("DHCP", "HDCP", False),
        ("fork", "frok", True),
        ("index", "indxe", True),
        ("index", "indexxe", False),
        ("encryption", "encrpytoin", True),
        ("representational", "reprsentatonal", True),
        ("5432", "5433", False),
        ("Neo4j", "neo5j", False),
        ("C++", "C#", False),
        ("Elasticsearch", "lasticsearch", True),
    ],
)
def test_the_budget_of_slips(answer: str, given: str, *, right: bool) -> None:
    """None under 4 letters, 1 under 8, 2 under 12, else 3; digits, signs and acronyms exact."""
    verdict = ask("What is it?", answer, "", given)
    assert verdict.right is right
    assert (verdict.reason == "typo") is right
    assert bool(verdict.forgiven) is right


@pytest.mark.parametrize(
    ("answer", "given"),
    [
        ("synchronous", "asynchronous"),
        ("normalization", "denormalization"),
        ("denormalization", "normalizaton"),
        ("encryption", "decryption"),
        ("inclusive", "exclusive"),
        ("adapter", "adopter"),
        ("adapter", "non-adapter"),
        ("microservice", "macroservice"),
        ("DELETE", "deplete"),
        ("service", "microservice"),
        ("consistency", "inconsistency"),
        ("https", "http"),
        ("durability", "duration"),
        ("memoization", "memorization"),
    ],
)
def test_another_word_is_no_slip(answer: str, given: str) -> None:
    """A real word, a term of the field or an antonym is a different answer."""
    assert not ask("What is it?", answer, "", given).right


@pytest.mark.parametrize(
    ("question", "given", "right"),
    [
        (("Which lock is held by one writer?", "exclusive lock", "shared lock"), "exclusive", True),
        (("Which lock is held by one writer?", "exclusive lock", "shared lock"), "lock", False),
        (CREATED, "HTTP status 201", True),
        (CREATED, "201 created", True),
        (CREATED, "201 accepted", False),
        (JOIN, "a full outer join", True),
        (JOIN, "left full outer join", False),
        (("Which database?", "SQL", ""), "SQL Server", False),
        (("Which cache rule?", "LRU", "LFU"), "LRU LFU", False),
        (("Faster, a list or a set?", "set", ""), "set list", False),
        (("Which index serves equality alone?", "hash index", ""), "hasj index", True),
        (("Which index serves equality alone?", "hash index", ""), "hasj", False),
        (("What is it called?", "idempotency", ""), "idem potenncy", True),
        (("What is it called?", "checkpoint", ""), "check points", True),
    ],
)
def test_words_too_many_or_too_few(
    question: tuple[str, str, str], given: str, *, right: bool
) -> None:
    """The question's words may be left out at the end; only listed words may be added."""
    assert ask(*question, given).right is right


def test_the_kind_alone_is_asked_once() -> None:
    """Who names only the kind is asked which one, and is not right."""
    verdict = ask("What speeds up equality lookups?", "hash index", "", "an index")
    assert (verdict.mark, verdict.reason, verdict.credit) == ("close", "which", 0.0)


def test_every_named_alternative_of_a_list_counts() -> None:
    """Two accepted answers together are right, one of them with a wrong one is not."""
    assert ask(*SPY, "spy or mock").right
    assert ask(*SPY, "stub or mock").reason == "hedge"

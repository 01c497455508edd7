"""Every skill that the product names is practised by `/quiz` and its words, however it is spelt."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.rows import Quiz
from questions.asked import parse_quiz
from questions.cache import load
from questions.collection import Collection
from questions.model import Item
from tests import bank
from tests.stage import Stage

LOADED = load()
QUESTIONS = Collection(LOADED.items, LOADED.areas, LOADED.beliefs)
COUNT, OWN = 5, 3  # questions of a quiz; at least so many of them on what was asked for
# what is typed, the same with a slip, and what is meant: an area, or a topic of one
PHRASES = """
programming languages            progamming languages             languages
PHP                              phpp                             languages/php
Go                               golnag                           languages/go
Ruby                             ruyb                             languages/ruby
Java                             jaav                             java
Python                           pyhton                           python
frameworks                       framewroks                       frameworks
Laravel                          larvel                           frameworks/laravel
Django                           djnago                           frameworks/django
Spring                           sprnig                           frameworks/spring
HTML                             htlm                             frontend/html-semantics
CSS                              csss                             frontend/css-cascade
Bootstrap                        boostrap                         frontend/bootstrap
JavaScript                       javascirpt                       frontend/javascript-core
accessibility compliance         accesibility compliance          accessibility
security compliance              security complaince              accessibility
accessibility                    accessiblity                     accessibility
security                         secuirty                         security
MySQL                            mysqll                           databases/mysql-mariadb
MongoDB                          mongdb                           nosql/mongodb-queries
MariaDB                          mraiadb                          databases/mysql-mariadb
Oracle                           orcale                           databases/oracle-sqlserver
SQL Server                       sql servre                       databases/oracle-sqlserver
databases                        databses                         databases
cloud                            cluod                            cloud
cloud and hosting management     cloud and hosting managment      cloud
Linux commands                   linux comands                    linux
REST                             restt                            http-apis
SOAP                             soapp                            api-styles/soap-messages
Git                              gitt                             git
Postman                          postmna                          api-styles/postman-and-curl
data structures                  data strcutures                  data-structures
security of each layer           securty of each layer            security/layers-of-defence
desktop architecture             desktop architceture             architecture/desktop-architecture
mobile architecture              mobile architectrue              architecture/mobile-architecture
reading technical documentation  reading technical documenation   architecture/reading-documentation
service architecture             service architetcure             system-design
functional APIs                  functoinal apis                  http-apis
server monitoring                server monitroing                observability
portfolio talk                   portfolio tlak                   career
salary talk                      salray talk                      career/salary-and-offers
"""
ROWS = [row.split("  ") for row in PHRASES.strip().splitlines()]
CASES = [tuple(part.strip() for part in row if part.strip()) for row in ROWS]
SEVERAL = {
    "accessibility and security compliance": ("accessibility", "security"),
    "REST and SOAP": ("http-apis", "api-styles/soap-messages"),
    "HTML, CSS, Bootstrap, JavaScript": (
        *("frontend/html-semantics", "frontend/css-cascade"),
        *("frontend/bootstrap", "frontend/javascript-core"),
    ),
    "MySQL, MongoDB, Oracle": (
        *("databases/mysql-mariadb", "nosql/mongodb-queries", "databases/oracle-sqlserver"),
    ),
    "desktop and mobile architecture": (
        *("architecture/desktop-architecture", "architecture/mobile-architecture"),
    ),
    "laravel and django": ("frameworks/laravel", "frameworks/django"),
}


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    one = Stage(tmp_path / "sparring.db", QUESTIONS)
    yield one
    await one.close()


def places(phrase: str) -> tuple[str, ...]:
    """What the words name, as the table writes it."""
    asked = parse_quiz(phrase, LOADED.areas, bank.COMMANDS)
    return tuple(f"{area}/{topic}".rstrip("/") for area, topic in asked.scope)


async def asked(stage: Stage, phrase: str) -> tuple[list[Item], str]:
    """The questions of the quiz that comes of a phrase, and the text of its first card."""
    ada = stage.person(community="")
    card = await ada.says(f"quiz {phrase}")
    quiz = await stage.store.look(ada.origin(), lambda tx: tx.open_quiz())
    assert isinstance(quiz, Quiz), card.text
    refs = [one.ref for one in quiz.asked]
    items = [QUESTIONS.find(ref) for ref in refs]
    return [item for item in items if item is not None], card.text


def there(place: str) -> int:
    """How many questions the bank has of a place: items and templates."""
    area, _, topic = place.partition("/")
    return len(QUESTIONS.items(area, topic)) + len(QUESTIONS.templates(area, topic))


def on(item: Item, wanted: tuple[str, ...]) -> bool:
    """Whether a question is of one of the places."""
    return item.area in wanted or f"{item.area}/{item.topic}" in wanted


@pytest.mark.parametrize(("phrase", "slip", "place"), CASES)
def test_the_words_and_their_slip_mean_the_same(phrase: str, slip: str, place: str) -> None:
    """One slip of the keyboard changes nothing of what is meant."""
    assert phrase.casefold() != slip
    assert places(phrase) == (place,)
    assert places(slip) == (place,)


async def checked(stage: Stage, phrase: str, wanted: tuple[str, ...]) -> None:
    """Five questions, each another one; three at least on it; the others announced."""
    items, text = await asked(stage, phrase)
    assert len(items) == len({item.id for item in items}) == COUNT
    mine = sum(on(item, wanted) for item in items)
    assert mine >= OWN
    announced = f"{COUNT - mine} from topics nearby" in text
    assert announced == (mine < COUNT)


@pytest.mark.parametrize(("phrase", "slip", "place"), CASES)
async def test_a_quiz_of_five_comes_of_it(stage: Stage, phrase: str, slip: str, place: str) -> None:
    """The skill is asked about first, the rest of the five come from next to it, and it says so."""
    await checked(stage, phrase, (place,))


@pytest.mark.parametrize(("phrase", "slip", "place"), CASES[::4])
async def test_a_quiz_of_five_comes_of_a_slip(
    stage: Stage, phrase: str, slip: str, place: str
) -> None:
    """A slip is read as what it is near, and the same quiz comes of it."""
    await checked(stage, slip, (place,))


@pytest.mark.parametrize("phrase", SEVERAL)
async def test_several_skills_are_asked_together(stage: Stage, phrase: str) -> None:
    """A list names each of its parts, and the five come from them."""
    assert places(phrase) == SEVERAL[phrase]
    await checked(stage, phrase, SEVERAL[phrase])


@pytest.mark.parametrize(("phrase", "slip", "place"), CASES)
def test_areas_have_enough_of_their_own(phrase: str, slip: str, place: str) -> None:
    """An area never needs its neighbours for a quiz of five."""
    assert there(place.partition("/")[0]) >= COUNT

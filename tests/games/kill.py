"""kill -9 twice in the middle of a game: it ends with the standings of one that was not."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct
from sqlalchemy import create_engine, text

from bot.replay import derive
from storage.doctor import findings
from tests.games.script import PEOPLE, QUESTIONS, expected
from tests.games.victim import Shown

ROOT = Path(__file__).parents[2]
NEVER = 0
ANSWERS = sum(answers for answers, _ in expected().values())
SENDS = 3 * len(QUESTIONS) + 1


class Death(Struct, frozen=True):
    """When a life ends: after so many acknowledged answers of it, or as a send hangs."""

    acks: int = 0
    send: int = NEVER


class Played(Struct):
    """A game as it was seen from outside and as it is stored."""

    kills: int
    standings: str  # what the last look of the message says
    people: dict[str, tuple[int, int]]  # answers and points of each, from the log
    boards: dict[str, int]  # the kept scores
    faults: list[str]
    lost: list[str]  # presses that were refused


def play(url: str, folder: Path, deaths: Iterable[Death] = ()) -> Played:
    """Play one game to its end, dying on the way."""
    file = folder / "platform.jsonl"
    kills = 0
    lost: list[str] = []
    for death in (*deaths, Death()):
        over = _life(url, file, death, lost)
        if over:
            break
        kills += 1
    shown = [msgspec.json.decode(one, type=Shown) for one in file.read_bytes().splitlines()]
    people, boards = _stored(url)
    return Played(kills, shown[-1].post.card.text, people, boards, _faults(url), lost)


def _life(url: str, file: Path, death: Death, lost: list[str]) -> bool:
    """One process; gives whether it saw the end."""
    command = [sys.executable, "-m", "tests.games.victim", url, str(file), str(death.send)]
    victim = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert victim.stdout is not None
    acked, over = 0, False
    for line in victim.stdout:
        word, _, rest = line.strip().partition(" ")
        acked += word == "acked"
        over |= word == "over"
        lost += [rest] if word == "lost" else []
        hangs = word == "sent" and rest.startswith(f"{death.send} ")
        if hangs or (death.acks and acked >= death.acks):
            victim.kill()
            break
    victim.communicate()
    return over


def _stored(url: str) -> tuple[dict[str, tuple[int, int]], dict[str, int]]:
    engine = create_engine(url)
    with engine.connect() as connection:
        log = connection.execute(
            text(
                "select external, count(*), sum(points) from log "
                "where kind = 'answer' group by external"
            )
        ).all()
        kept = connection.execute(
            text(
                "select e.id, s.points from score s join external e on e.person = s.person "
                "where s.scope = 'all' and s.period = 'all'"
            )
        ).all()
    engine.dispose()
    names = {row[0].partition(":")[2]: (int(row[1]), int(row[2])) for row in log}
    return names, {row[0].partition(":")[2]: int(row[1]) for row in kept}


def _faults(url: str) -> list[str]:
    looked = findings(url, replay=derive)
    bad = [one for one in looked if one.level == "bad" and one.what != "durability"]
    return [f"{one.what}: {one.text}" for one in bad]


def wrong(played: Played, standings: str) -> list[str]:
    """What differs from a game that nobody killed."""
    found = [*played.faults, *(f"refused: {one}" for one in played.lost)]
    for who, due in expected().items():
        if played.people.get(who, (0, 0)) != due:
            found.append(f"{who}: {played.people.get(who)} instead of {due}")
        if played.boards.get(who, 0) != due[1]:
            found.append(f"{who} has {played.boards.get(who)} on the board instead of {due[1]}")
    if played.standings != standings:
        found.append("other standings")
    return found


def main(games: str = "20") -> int:
    """Games with two random deaths each; 1 if any ends otherwise."""
    rng, faults, kills = random.Random(20261122), [], 0
    with tempfile.TemporaryDirectory() as folder:
        whole = play(f"sqlite:///{folder}/whole.db", Path(folder))
        faults += wrong(whole, whole.standings)
        for number in range(int(games)):
            own = Path(folder) / str(number)
            own.mkdir()
            deaths = sorted(rng.sample(range(2, SENDS), 2))
            random_deaths = [
                Death(send=deaths[0]) if rng.random() < 0.5 else Death(acks=rng.randrange(1, 200)),
                Death(send=deaths[1]) if rng.random() < 0.5 else Death(acks=rng.randrange(1, 200)),
            ]
            played = play(f"sqlite:///{own}/game.db", own, random_deaths)
            kills += played.kills
            faults += wrong(played, whole.standings)
    print(
        f"{games} games of {len(PEOPLE)} people and {len(QUESTIONS)} questions, "
        f"{ANSWERS} answers each, {kills} kills -9, {len(faults)} faults"
    )
    for one in faults[:20]:
        print(one)
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

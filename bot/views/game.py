"""What everybody sees of a game: the question, its split, the standings, the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from msgspec import Struct

from bot.chat.begin import start
from bot.chat.cards import Button, Card
from bot.chat.fitting import cut
from bot.chat.say import Reader, count, lines, md, paragraphs, say
from bot.chat.text import fence, flow
from bot.chat.tokens import make
from bot.store.community import Game
from bot.store.rows import Asked
from bot.store.scores import Rank
from bot.views import checked, shown
from bot.views.leaderboard import NAME_WIDTH
from bot.views.question import WIDE, prompt
from questions.areas import Areas
from questions.model import Item

TOP = 10
ENDS = {
    "done": "",
    "stopped": "{who} stopped the game.",
    "silent": "Nobody answered the last five questions, so I end the game here.",
    "lost": "I could not show the next question, so the game ends here.",
}


class Round(Struct, frozen=True):
    """One question of a game; `n` counts from 0, `whole` is its time."""

    game: Game
    n: int
    item: Item
    areas: Areas
    whole: timedelta

    @property
    def asked(self) -> Asked:
        """The order in which its options stand."""
        return self.game.asked[self.n]


class Split(Struct, frozen=True):
    """How a question was answered: how often each option was taken, by authored index."""

    taken: Mapping[int, int]
    people: int
    right: int


def letters(asked: Round, picks: Iterable[int]) -> str:
    """The letters of these options as they stand: `A, C`."""
    return shown.letters(
        asked.item, asked.asked, tuple(sorted(picks, key=asked.asked.order[0].index))
    )


def title(asked: Round) -> str:
    """`3 of 10 · Isolation levels · mid`."""
    item = asked.item
    topic = shown.topic(asked.areas, item.area, item.topic)
    return f"{asked.n + 1} of {len(asked.game.asked)} · {topic} · {item.level}"


def body(asked: Round) -> str:
    """The question with its options."""
    options = (f"{one.letter}) {one.text}" for one in shown.things(asked.item, asked.asked))
    return paragraphs(prompt(asked.item), lines(*options))


def question(reader: Reader, asked: Round) -> Card:
    """The open question."""
    time = say(reader, "**Time: {n} s.**", n=round(asked.whole.total_seconds()))
    return Card(
        view="game-question",
        title=title(asked),
        text=paragraphs(body(asked), f"{time} {_how(reader, asked)}".strip()),
        rows=(*_letters(asked), _tools(asked.game)),
    )


def _how(reader: Reader, asked: Round) -> str:
    """What to press; the first question explains the game."""
    many = asked.item.type == "multi"
    what = say(reader, "Several may be right: press Choose.") if many else ""
    if asked.n:
        return what
    rules = say(
        reader,
        "Your first press joins. Only the first answer counts, quicker is worth more, and a wrong "
        "one within 2 s costs 3 points.",
    )
    return f"{what} {rules}".strip()


def _letters(asked: Round) -> tuple[tuple[Button, ...], ...]:
    game, n = asked.game.id, asked.n
    if asked.item.type == "multi":
        return ((Button("Choose", make("game-choose", game, n, form=True), "primary"),),)
    buttons = tuple(
        Button(one.letter, make("game-pick", game, n, one.letter, passing=True))
        for one in shown.things(asked.item, asked.asked)
    )
    return tuple(buttons[at : at + WIDE] for at in range(0, len(buttons), WIDE))


def _tools(game: Game) -> tuple[Button, ...]:
    return (Button("Stop the game", make("game-stop", game.id, passing=True)),)


def split(
    reader: Reader, asked: Round, answers: Split, ranks: tuple[Rank, ...], until: timedelta
) -> Card:
    """A question that is over: how everybody answered, what is right, now and then who leads."""
    last = asked.n + 1 == len(asked.game.asked)
    seconds = round(until.total_seconds())
    coming = "Final standings in {n} s." if last else "Next question in {n} s."
    return Card(
        view="game-split",
        title=title(asked),
        text=paragraphs(
            prompt(asked.item),
            lines(*_shares(asked, answers)),
            _right(reader, answers),
            standings(reader, ranks) if ranks else "",
            say(reader, coming, n=seconds),
        ),
        rows=(_tools(asked.game),),
    )


def _shares(asked: Round, answers: Split) -> list[str]:
    """`✓ 61 % · C) Both succeed.`: what is compared stands in front."""
    options = asked.item.options
    rows = []
    for one in shown.things(asked.item, asked.asked):
        mark = "✓" if options[one.index].right else "✗"
        share = shown.percent(answers.taken.get(one.index, 0), answers.people)
        front = f"{mark} {share} · " if answers.people else f"{mark} "
        rows.append(f"{front}{one.letter}) {one.text}")
    return rows


def _right(reader: Reader, answers: Split) -> str:
    if not answers.people:
        return say(reader, "Nobody answered.")
    return say(reader, "**{right} of {all} right.**", right=answers.right, all=answers.people)


def standings(reader: Reader, ranks: tuple[Rank, ...]) -> str:
    """Who leads. Only points that were won have a name: no points would tell of wrong answers."""
    won = tuple(rank for rank in ranks if rank.points > 0)
    if not won:
        return say(reader, "Nobody has points yet.")
    rows = (_row(rank) for rank in won[:TOP])
    others = len(ranks) - min(len(won), TOP)
    more = say(reader, "And {n} more.", n=others) if others else ""
    return lines(fence("\n".join(rows)), more)


def _row(rank: Rank) -> str:
    name = cut(rank.name, NAME_WIDTH) or "somebody"
    return f"{rank.rank:>2}  {name:<{NAME_WIDTH}} {rank.points:>5}"


def over(reader: Reader, game: Game, ranks: tuple[Rank, ...], why: str, by: str) -> Card:
    """The end, with the final standings."""
    asked = count(game.at + 1, "question", "questions")
    players = count(len(ranks), "player", "players")
    played = say(reader, "{asked}, {players}.", asked=asked, players=players)
    thread = say(reader, "What is right and why stands in the thread.")
    nobody = say(reader, "Nobody played.")
    again = Button("Play again", make("game-again", _words(game), passing=True), "primary")
    mine = Button("My answers", make("game-mine", game.id, passing=True))
    return Card(
        view="game-over",
        title="Game over" + (f" · {game.title}" if game.title else ""),
        text=paragraphs(
            say(reader, ENDS[why], who=by or "An admin"),
            standings(reader, ranks) if ranks else nobody,
            f"{played} {thread}" if ranks else "",
        ),
        rows=((again, mine) if ranks else (again,),),
    )


def _words(game: Game) -> str:
    """What was asked for, as a token holds it."""
    return start(game.words).partition(":")[2]


def explained(reader: Reader, asked: Round, answers: Split) -> Card:
    """In the thread: what is right, how many knew, why, and where it can be read."""
    number = say(reader, "**{n}.** ", n=asked.n + 1)
    return Card(
        view="game-explained",
        title="" if asked.n else "Answers of this game",  # the first names the thread
        text=paragraphs(
            number + flow(asked.item.prompt),
            lines(*_whys(reader, asked, answers)),
            _right(reader, answers),
            flow(asked.item.explain),
        ),
        links=checked.source(asked.item),
        rows=((Button("Report", make("report-it", asked.game.id, asked.n, form=True)),),),
    )


def _whys(reader: Reader, asked: Round, answers: Split) -> list[str]:
    """Each option with its share, and what there is to say of it."""
    options = asked.item.options
    rows = _shares(asked, answers)
    things = shown.things(asked.item, asked.asked)
    whys = (md(" ".join(options[one.index].why.split())) for one in things)
    return [
        say(reader, "{row} — {why}", row=md(row), why=why)
        for row, why in zip(rows, whys, strict=True)
    ]

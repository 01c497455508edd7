"""What lies before the person: the newest card, the question that is open, what was put aside."""

from __future__ import annotations

from typing import Literal

from adapters.terminal import reading
from bot.chat.cards import Button, Card
from bot.chat.tokens import parse

Kind = Literal["quiz", "daily", "game", "interview"]

TALKING = ("interview-question", "interview-follow")  # views of an interview that want words
# begin views that want an answer
ASKING = ("question-", "close", "daily-asked", "daily-close", *TALKING)
MENUS = ("question-more",)  # begin like those, and want none
POSTED = ("daily", "game-question")  # posts that want an answer
OVER = ("verdict", "end", "privacy-deleted")  # views after which no quiz is open
ANSWERED = ("daily-verdict", "daily-over", "daily-closed")  # the same of a daily
ENDED = ("game-split", "game-over")  # the same of a game's question
REPORTED = ("interview-report", "privacy-deleted")  # the same of an interview
THREADS = ("game-explained", "daily-split")  # views below a post: that stays the newest card
ENDS = {"quiz": OVER, "daily": ANSWERED, "game": ENDED, "interview": REPORTED}
WAITS = {
    "quiz": "Your quiz goes on where it was: /quiz shows its question.",
    "daily": "The daily is still open: /daily shows it.",
    "game": "",
    "interview": "Your interview is still open: /interview shows it.",
}


class Desk:
    """Which card a line is meant for; letters belong to one question at a time."""

    def __init__(self) -> None:
        self.newest: Card | None = None
        self.open: Card | None = None  # the question to be answered, whatever was shown since
        self._behind: Card | None = None  # a verdict that something else followed
        self._post: Card | None = None  # the last post that has words to press and no letters
        self._aside: list[Kind] = []  # what a daily or a game took the letters from

    @property
    def asked(self) -> Card | None:
        """What an answer is meant for."""
        return self.open or self.newest

    def show(self, card: Card) -> str:
        """A card came in answer; gives a sentence on what goes on now."""
        if card.rows or card.select:
            self._newer(card)
        if _asks(card):
            self._take(card)
            return ""
        return self._over(card)

    def overhear(self, card: Card) -> str:
        """A card was posted; gives a sentence on what it changes.

        A game goes before everything: its time runs. A daily takes no letters from a question.
        """
        if card.view in POSTED:
            if card.view == "daily" and self.open is not None and _kind(self.open) != "daily":
                return "The question before it keeps the letters: /daily answers this one."
            self._newer(card)
            self._take(card)
            return _how(card)
        if card.rows:
            self._post = card
            if card.view in THREADS:
                return ""
            if self.open is None or _same(self.open, card) or card.view in ENDED:
                self._newer(card)
        return self._over(card)

    def button(self, said: str) -> Button | None:
        """The button these words press."""
        own_words = self.open is not None and reading.typed(self.open)
        for card in (self.newest, self.open, self._behind, self._post):
            if card is not None and (found := reading.press(card, said, whole=own_words)):
                return found
        return None

    def chosen(self, said: str) -> str:
        """The token and value of the choice in a menu that these words name; '' if none."""
        card = self.newest
        if card is None or card.select is None:
            return ""
        choices = card.select.choices
        number = int(said) if said.isdecimal() and len(said) < 4 else 0  # noqa: PLR2004 - 25 at most
        named = (one.value for one in choices if one.label.casefold() == said.casefold())
        value = choices[number - 1].value if 0 < number <= len(choices) else next(named, "")
        return f"{card.select.token}\n{value}" if value else ""

    def enter(self) -> Button | None:
        """What Enter alone presses: it locks in what was chosen, or goes on after a verdict."""
        if self.newest and (lock := reading.lock(self.newest)):
            return lock
        if self.open is not None:
            return None
        after = next((c for c in (self.newest, self._behind) if c and c.view == "verdict"), None)
        return after.buttons[0] if after and after.buttons else None

    def followed(self, verdict: Card) -> None:
        """In a pipe the next question came by itself: the verdict's buttons can be pressed."""
        self._behind = verdict

    def _newer(self, card: Card) -> None:
        before = self.newest
        if card.view in OVER or (_asks(card) and _kind(card) == "quiz"):
            self._behind = None
        elif before is not None and before.view == "verdict":
            self._behind = before
        self.newest = card

    def _take(self, card: Card) -> None:
        """Give the letters to this question."""
        kind = _kind(card)
        if self.open is not None and (before := _kind(self.open)) not in (kind, *self._aside):
            self._aside.append(before)
        self._aside = [one for one in self._aside if one != kind]
        self.open = card

    def _over(self, card: Card) -> str:
        """The open question is over if this card says so."""
        kind = _kind(self.open) if self.open else "game"
        ends = ENDS[kind]
        other = kind == "daily" and self.open and card.buttons and not _same(self.open, card)
        if card.view not in ends or other:
            return ""
        self.open = None
        if card.view == "game-split":
            return ""  # the next question comes
        said = "\n".join(WAITS[one] for one in self._aside)
        self._aside = []
        return said


def _how(card: Card) -> str:
    """How a post is answered at a keyboard, where its buttons do not say so."""
    if reading.choosing(card):
        return "Type the letters that hold, such as `a c`."
    return "Type your answer." if reading.typed(card) else ""


def _asks(card: Card) -> bool:
    wants = card.view.startswith(ASKING) and card.view not in MENUS
    return bool(card.rows) and (wants or card.view in POSTED)


def _kind(card: Card) -> Kind:
    if card.view.startswith("game-"):
        return "game"
    if card.view.startswith("interview-"):
        return "interview"
    return "daily" if card.view.startswith("daily") else "quiz"


def _same(one: Card, other: Card) -> bool:
    """Whether two cards are about the same daily."""
    return _subject(one) == _subject(other)


def _subject(card: Card) -> str:
    token = parse(card.buttons[0].token) if card.buttons else None
    return token.part(0) if token else ""

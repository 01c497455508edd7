"""Appeals: the form, what the person is told, and what admins decide about."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from bot.chat.cards import Button, Card, Field, Form
from bot.chat.fitting import cut
from bot.chat.say import Reader, count, lines, paragraphs, say
from bot.chat.text import spoken
from bot.chat.tokens import make
from bot.grading.verdict import Response
from bot.store.rows import News
from bot.views import checked, desk, moderation, question
from questions.areas import Areas
from questions.model import Case, Choice, Item, Match, Order

LINE = 220  # characters of a reason in its line
REASONS = 8  # of them that are shown
GIVEN = 400  # characters of an answer that are shown


class Contested(Struct, frozen=True, kw_only=True):
    """An answer about which people disagree with its verdict.

    `appeals` of them did, `people` gave it; `name` stands for it in tokens, `following` for the
    next one.
    """

    name: str
    item: Item | None
    response: Response
    reasons: tuple[str, ...] = ()
    appeals: int = 1
    people: int = 1
    following: str = ""
    said: str = ""


def form(reader: Reader, item: Item, response: Response, token: str) -> Form:
    """Why the person was right, if they like to say."""
    given = say(reader, "You answered: {given}", given=cut(answered(item, response), GIVEN))
    return Form(
        view="form-appeal",
        token=token,
        title=say(reader, "I was right"),
        text=paragraphs(
            question.prompt(item),
            given,
            say(reader, "The admins see your answer and your reason, not your name."),
        ),
        fields=(
            Field(
                id="reason",
                label=say(reader, "Why?"),
                kind="long",
                limit=500,
                hint=say(reader, "If you like: where it says so"),
                required=False,
            ),
        ),
        submit="Send",
    )


def taken(reader: Reader, *, alone: bool) -> str:
    """The effect of an appeal; `alone` in a direct conversation, which has no admins."""
    who = _who(reader, alone=alone)
    sentence = (
        "Your appeal is with {who}; until then this question counts neither for nor against you."
    )
    return say(reader, sentence, who=who)


def _who(reader: Reader, *, alone: bool) -> str:
    return say(reader, "whoever runs this bot") if alone else say(reader, "the admins")


def filed(said: str) -> Card:
    """The effect of an appeal where there is no quiz to go on with."""
    return Card(view="appeal-filed", text=said, to="private")


def stands(reader: Reader, what: str, note: str, *, alone: bool) -> str:
    """What stands above a verdict that was appealed."""
    match what:
        case "open":
            return taken(reader, alone=alone)
        case "upheld":
            return say(reader, "**Upheld:** this answer counts as right now.")
        case _:
            why = " ".join(note.split()).rstrip(".")
            return say(reader, "**Appeal declined:** {why}. It counts as before.", why=why)


def waits(reader: Reader, about: str, *, alone: bool) -> Card:
    """Two weeks and no decision."""
    text = say(
        reader,
        "Nobody has decided about your appeal yet: {about}\n"
        "It stays with {who}, and the question still counts neither for nor against you.",
        about=about,
        who=say(reader, "whoever runs this bot") if alone else say(reader, "them"),
    )
    return Card(view="appeal-waits", title=say(reader, "Your appeal waits"), text=text)


def decided(reader: Reader, about: str, *, upheld: bool, why: str) -> Card:
    """What became of an appeal: told to the person who asked."""
    reason = " ".join(why.split()).rstrip(".")
    if not upheld:
        said = say(reader, "Declined: {why}. The question counts again as before.", why=reason)
    elif reason:
        said = say(reader, "The question was withdrawn: {why}. You get full points.", why=reason)
    else:
        said = say(reader, "You were right. Your points and what I know of you are put right.")
    return Card(
        view="appeal-decided",
        title=say(reader, "Your appeal"),
        text=paragraphs(say(reader, "{about}", about=about), said),
        tone="good" if upheld else "plain",
    )


def news(reader: Reader, told: Sequence[News]) -> str:
    """Answers that count as right since somebody else's appeal; '' where there is nothing."""
    rows = [
        say(
            reader,
            "After an appeal your answer counts as right: {about}{points}",
            about=one.about,
            points=f" (+{count(one.points, 'point', 'points')})" if one.points > 0 else "",
        )
        for one in told
    ]
    return lines(*rows)


def contested(reader: Reader, waiting: desk.Waiting, one: Contested, areas: Areas) -> Card:
    """An appealed answer with the question, its key and the reasons; never who gave it."""
    row = (
        Button("Uphold", make("moderation-uphold", one.name), "primary"),
        Button("Decline...", make("moderation-refuse", one.name, form=True), "danger"),
        Button("Withdraw the question...", make("moderation-appeal-void", one.name, form=True)),
    )
    following = make("moderation-appeal", one.following) if one.following else ""
    return Card(
        view="moderation-appeal",
        title=moderation.title(say(reader, "Appeal"), one.item, areas),
        text=paragraphs(
            one.said,
            desk.waits(reader, waiting),
            _given(reader, one),
            moderation.whole(reader, one.item),
        ),
        links=checked.links(one.item) if one.item else (),
        rows=(
            (*row, *((Button("Next", following),) if following else ())),
            desk.tabs(waiting, "appeals"),
        ),
    )


def _given(reader: Reader, one: Contested) -> str:
    head = say(
        reader,
        "**Refused, and {who} it was right:** {given}",
        who=count(one.appeals, "person says", "people say"),
        given=cut(answered(one.item, one.response), GIVEN),
    )
    gave = count(one.people, "person here gave", "people here gave")
    rows = [say(reader, "- {reason}", reason=cut(said, LINE)) for said in one.reasons[:REASONS]]
    return lines(head, say(reader, "{gave} this answer.", gave=gave), *rows)


def answered(item: Item | None, response: Response) -> str:
    """What was answered, in the author's order: nobody knows what was on the screen."""
    if response.text or item is None:
        return " ".join(response.text.split()) or ", ".join(map(str, response.picks))
    texts: tuple[str, ...] = ()
    match item.body:
        case Choice(options=options):
            texts = tuple(options[pick].text for pick in response.picks)
        case Order(steps=steps):
            texts = tuple(steps[pick] for pick in response.picks)
        case Match(pairs=pairs, extra_right=extra):
            rights = (*(pair.right for pair in pairs), *extra)
            given = zip(pairs, response.picks, strict=False)
            texts = tuple(f"{pair.left} -> {rights[pick]}" for pair, pick in given)
        case Case(steps=decisions):
            picked = zip(decisions, response.picks, strict=False)
            texts = tuple(step.options[pick].text for step, pick in picked)
        case _:
            pass
    return spoken("; ".join(" ".join(text.split()) for text in texts))


def upheld(reader: Reader, people: int) -> str:
    """The effect of Uphold."""
    who = count(people, "person who gave it is", "people who gave it are")
    return say(reader, "Upheld: it is accepted here from now on. {who} graded again.", who=who)


def declined(reader: Reader) -> str:
    """The effect of Decline."""
    return say(reader, "Declined. I tell your reason to whoever appealed.")


def refuse_form(reader: Reader, name: str) -> Form:
    """Why an appeal is declined."""
    return Form(
        view="form-refuse",
        token=make("moderation-refuse", name, form=True),
        title=say(reader, "Decline this appeal"),
        text=say(reader, "I tell your reason to whoever appealed. Their answer counts again."),
        fields=(desk.reason("What is wrong with it"),),
        submit="Decline",
    )


def once(reader: Reader) -> str:
    """A second appeal against one verdict."""
    return say(reader, "You have appealed this one already. I tell you what is decided.")


def right_already(reader: Reader) -> str:
    """An appeal of what counts as right."""
    return say(reader, "This answer counts as right already.")


def gone(reader: Reader) -> str:
    """An appeal of an answer that is nowhere."""
    return say(reader, "This answer cannot be appealed: it is no longer kept, or was none.")

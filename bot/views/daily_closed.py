"""A daily once everybody may know its answer, and what its scheduler is told of trouble."""

from __future__ import annotations

from collections.abc import Iterable

from bot.chat.cards import Button, Card
from bot.chat.say import Md, Reader, lines, md, paragraphs, say
from bot.chat.text import flow
from bot.chat.tokens import make
from bot.views import checked, key, shown
from bot.views.daily import DONT_KNOW, Posted, Tally, date_words
from bot.views.question import prompt
from questions.model import Choice, Number, Short


def closed(reader: Reader, post: Posted, tally: Tally) -> Card:
    """The post once everybody may know: the answer and the split."""
    name, daily = post.daily.id, post.daily
    if daily.state == "withdrawn":
        return _withdrawn(reader, post)
    right = md(key.answer(post.asking))
    return Card(
        view="daily-closed",
        title=f"Daily · {date_words(daily.day)} · closed",
        text=paragraphs(
            prompt(post.item),
            say(reader, "**✓** {answer}", answer=right),
            lines(_how_many(reader, tally), counts(post, tally)),
        ),
        rows=(
            (
                Button("My answer", make("daily-mine", name)),
                Button("Try it, no points", make("daily-try", name)),
            ),
        ),
        tone="good",
    )


def _withdrawn(reader: Reader, post: Posted) -> Card:
    why = post.daily.why.rstrip(".")
    return Card(
        view="daily-closed",
        title=f"Daily · {date_words(post.daily.day)} · withdrawn",
        text=paragraphs(
            say(reader, "This question was withdrawn: {why}.", why=why),
            say(reader, "Everybody who answered it gets full points."),
            prompt(post.item),
        ),
        rows=((Button("My answer", make("daily-mine", post.daily.id)),),),
        tone="near",
    )


def _how_many(reader: Reader, tally: Tally) -> str:
    n = len(tally.given)
    if not n:
        return say(reader, "Nobody answered this one.")
    share = shown.percent(tally.right, n)
    return say(reader, "{n} answered, {right} right ({share})", n=n, right=tally.right, share=share)


def counts(post: Posted, tally: Tally) -> str:
    """`A 3   B 4   C 11 ✓   D 0`, and who did not know; nothing where nobody answered."""
    if not tally.given:
        return ""
    unknown = sum(one.verdict.mark == "unknown" for one in tally.given)
    parts = [f"{letter} {n}{' ✓' if right else ''}" for letter, n, right in _by_letter(post, tally)]
    if unknown or not parts:
        parts.append(f"{DONT_KNOW} {unknown}")
    return "   ".join(parts)


def _by_letter(post: Posted, tally: Tally) -> Iterable[tuple[str, int, bool]]:
    body = post.item.body
    if isinstance(body, Choice):
        for thing in shown.things(post.item, post.asking.asked):
            n = sum(thing.index in one.picks for one in tally.given)
            yield thing.letter, n, body.options[thing.index].right


def split(reader: Reader, post: Posted, tally: Tally) -> Card:
    """The one message in the thread: the split, why each wrong answer tempts, source, streaks."""
    return Card(
        view="daily-split",
        title=f"{date_words(post.daily.day)}: the answer",
        text=paragraphs(
            lines(_how_many(reader, tally), *_each(reader, post, tally)),
            flow(post.item.explain),
            _streaks(reader, tally),
        ),
        links=checked.source(post.item),
        note=say(reader, "Checked: {how}", how=checked.words(post.item)),
        to="thread",
    )


def _each(reader: Reader, post: Posted, tally: Tally) -> Iterable[str]:
    body, whole = post.item.body, len(tally.given)
    match body:
        case Choice(options=options):
            by_letter = {letter: n for letter, n, _ in _by_letter(post, tally)}
            for thing in shown.things(post.item, post.asking.asked):
                option = options[thing.index]
                n = by_letter[thing.letter]
                share = f"{n} ({shown.percent(n, whole)})" if whole else "0"
                head = f"**{'✓' if option.right else '✗'} {thing.letter})** {thing.text}"
                yield f"{head} · {share}\n{' '.join(option.why.split())}"
        case Number(known_wrong=wrong):
            yield say(reader, "**✓** {answer}", answer=md(key.answer(post.asking)))
            for known in wrong:
                yield _tempting(known.value, known.why, tally)
        case Short(near_misses=misses):
            yield say(reader, "**✓** {answer}", answer=md(key.answer(post.asking)))
            for miss in misses:
                yield _tempting(miss.answers[0], miss.why, tally)
        case _:
            yield say(reader, "**✓** {answer}", answer=md(key.answer(post.asking)))


def _tempting(answer: str, why: str, tally: Tally) -> str:
    n = sum(one.verdict.why == why for one in tally.given)
    return f"**✗** {say(Reader(), '{answer}', answer=answer)} · {n}\n{' '.join(why.split())}"


def _streaks(reader: Reader, tally: Tally) -> str:
    if not tally.streaks:
        return ""
    reached = ", ".join(f"{name} {n} days" for name, n in tally.streaks)
    return say(reader, "Streaks: {reached}.", reached=reached)


def lost(reader: Reader, when: str, where: Md | str, why: str, *, gone: bool) -> Card:
    """To whoever scheduled it: a channel did not take the daily, and what to do."""
    what = say(
        reader,
        "The daily of {when} could not be posted in {where}: {why}.",
        when=when,
        where=where,
        why=why.rstrip("."),
    )
    how = md(shown.command(reader, "challenge"))
    if not gone:
        return Card(
            view="daily-lost",
            title="A daily did not arrive",
            text=lines(what, say(reader, "The next one comes as planned; nothing is to be done.")),
        )
    todo = (
        "I will not try that channel again by myself. Let me in there again, then type `{how}` in "
        "it and press Channels; or take the channel off the list."
    )
    return Card(
        view="daily-lost",
        title="A daily did not arrive",
        text=lines(what, say(reader, todo, how=how)),
        tone="near",
    )


def empty(reader: Reader, when: str) -> Card:
    """To whoever scheduled it: no question was left."""
    how = md(shown.command(reader, "challenge"))
    sentence = (
        "There was no daily on {when}: I have no question of the areas, types and levels you chose "
        "that fits a channel. Widen them with `{how}`."
    )
    return Card(
        view="daily-empty",
        title="A daily was left out",
        text=say(reader, sentence, when=when, how=how),
        tone="near",
    )

"""What admins see of moderation: reports, proposals, what is hidden, and the audit log."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from bot.chat.cards import Button, Card, Form
from bot.chat.fitting import cut
from bot.chat.say import Reader, count, lines, md, paragraphs, say
from bot.chat.tokens import make
from bot.store.community import Audit
from bot.store.rows import Asked
from bot.views import asking, audited, checked, explained, question, shown
from bot.views.desk import Row, Waiting, reason, tabs, waits
from questions.areas import Areas
from questions.model import Item

REASONS = 8  # reasons of one question that are shown
LINE = 220  # characters of a reason in its line


class Reviewed(Struct, frozen=True, kw_only=True):
    """A question under review: `name` stands for it in tokens, `following` for the next one."""

    name: str
    item: Item | None
    following: str = ""
    reasons: tuple[str, ...] = ()  # of a report
    people: int = 0
    hidden: bool = False
    by: str = ""  # of a proposal
    said: str = ""
    asking: asking.Asking = ""


class Listed(Struct, frozen=True):
    """A hidden question in the list."""

    name: str
    label: str
    why: str
    reported: bool


def report(reader: Reader, waiting: Waiting, one: Reviewed, areas: Areas) -> Card:
    """The oldest reported question in full, with what people say is wrong with it."""
    name = one.name
    row = (
        Button("Keep it", make("moderation-keep", name), "primary"),
        Button("Withdraw...", make("moderation-withdraw", name, form=True), "danger"),
        *following("moderation-report", one),
    )
    daily = (Button("Answer it first", make("daily-today")),) if one.asking == "daily" else ()
    return Card(
        view="moderation-report",
        title=title(say(reader, "Reported"), one.item, areas),
        text=paragraphs(
            one.said,
            waits(reader, waiting),
            _reasons(reader, one),
            asking.shown(reader, one.asking, one.item) if one.asking else whole(reader, one.item),
        ),
        links=checked.links(one.item) if one.item and not one.asking else (),
        rows=filled(row, daily, tabs(waiting, "reports")),
    )


def proposal(reader: Reader, waiting: Waiting, one: Reviewed, areas: Areas) -> Card:
    """A proposed question in full, with who proposes it and where its source leads."""
    name = one.name
    row = (
        Button("Accept", make("moderation-accept", name), "primary"),
        Button("Decline...", make("moderation-decline", name, form=True), "danger"),
        *following("moderation-proposal", one),
    )
    hosts = ", ".join(source.title for source in one.item.sources) if one.item else ""
    by = say(reader, "Proposed by {by}. The source leads to {hosts}.", by=one.by, hosts=hosts)
    return Card(
        view="moderation-proposal",
        title=title(say(reader, "Proposed"), one.item, areas),
        text=paragraphs(one.said, waits(reader, waiting), by, whole(reader, one.item)),
        links=checked.links(one.item) if one.item else (),
        rows=(row, tabs(waiting, "proposals")),
    )


def nothing(reader: Reader, waiting: Waiting, said: str) -> Card:
    """Nothing waits for an admin."""
    text = say(reader, "No report and no proposal waits.")
    return Card(
        view="moderation-nothing",
        title=say(reader, "Moderation"),
        text=paragraphs(said, text),
        rows=(tabs(waiting, ""),),
    )


def hidden(reader: Reader, listed: Sequence[Listed], page: int, pages: int, said: str) -> Card:
    """Questions that are not drawn here, each with why."""
    rows = [
        lines(f"{n}. {say(reader, '{label}', label=one.label)}", f"   {_why(reader, one)}")
        for n, one in enumerate(listed, 1)
    ]
    again = tuple(
        Button(f"Show {n} again", make("moderation-show", one.name, page))
        for n, one in enumerate(listed, 1)
    )
    more = Button("More", make("moderation-hidden", page + 1))
    back = Button("Back", make("moderation-open"))
    none = say(reader, "Every question may be drawn here.")
    return Card(
        view="moderation-hidden",
        title=say(reader, "Questions that are not drawn here"),
        text=paragraphs(said, *(rows or [none])),
        rows=filled(again, (*((more,) if page + 1 < pages else ()), back)),
    )


def log(reader: Reader, audits: Sequence[Audit], older: int) -> Card:
    """What admins and the bot itself did here, the newest first; `older`: whence it goes on."""
    rows = [
        say(
            reader,
            "{when} · {what}",
            when=f"{audit.at.astimezone(reader.tz):%-d %b %H:%M}",
            what=md(audited.sentence(reader, audit)),
        )
        for audit in audits
    ]
    more = (Button("Older", make("moderation-log", older)),) if older else ()
    return Card(
        view="moderation-log",
        title=say(reader, "What was done here"),
        text=lines(*rows) or say(reader, "Nothing yet."),
        rows=((*more, Button("Back", make("moderation-open"))),),
    )


def withdraw_form(
    reader: Reader, name: str, item: Item | None, *, verb: str = "moderation-withdraw"
) -> Form:
    """Why a question is withdrawn."""
    return Form(
        view="form-withdraw",
        token=make(verb, name, form=True),
        title=say(reader, "Withdraw this question"),
        text=paragraphs(
            say(
                reader,
                "It is not drawn here any more. Whoever has answered it gets full points and "
                "reads your reason.",
            ),
            question.prompt(item) if item else "",
        ),
        fields=(reason("In a sentence or two"),),
        submit="Withdraw",
    )


def decline_form(reader: Reader, name: str) -> Form:
    """Why a proposed question is not taken."""
    return Form(
        view="form-decline",
        token=make("moderation-decline", name, form=True),
        title=say(reader, "Decline this proposal"),
        text=say(reader, "I tell your reason to whoever proposed it."),
        fields=(reason("What would make it fit"),),
        submit="Decline",
    )


def kept(reader: Reader) -> str:
    """The effect of Keep it."""
    return say(reader, "It stays. These reports are looked at.")


def taken_back(reader: Reader, people: int) -> str:
    """The effect of a withdrawal."""
    if not people:
        return say(reader, "Withdrawn. Nobody here had answered it.")
    who = count(people, "person who answered gets", "people who answered get")
    return say(reader, "Withdrawn. {who} full points.", who=who)


def shown_again(reader: Reader) -> str:
    """The effect of Show again."""
    return say(reader, "It may be drawn again.")


def accepted(reader: Reader) -> str:
    """The effect of Accept."""
    return say(reader, "Accepted: it may be drawn here from now on. I tell whoever proposed it.")


def declined(reader: Reader) -> str:
    """The effect of Decline."""
    return say(reader, "Declined. I tell whoever proposed it.")


def decided(reader: Reader) -> str:
    """Another admin was faster, or the button is old."""
    command = shown.command(reader, "moderate")
    return say(reader, "That is decided already. See what waits with `{command}`.", command=command)


def title(what: str, item: Item | None, areas: Areas) -> str:
    if item is None:
        return what
    return f"{what} · {shown.topic(areas, item.area, item.topic)} · {item.level}"


def _reasons(reader: Reader, one: Reviewed) -> str:
    head = say(
        reader,
        "**{who} wrong with it**",
        who=count(one.people, "person says what is", "people say what is"),
    )
    rows = [say(reader, "- {reason}", reason=cut(said, LINE)) for said in one.reasons[:REASONS]]
    left = len(one.reasons) - len(rows)
    more = say(reader, "and {n} more", n=left) if left else ""
    out = say(reader, "It is not drawn here until you decide.") if one.hidden else ""
    return lines(head, *rows, more, out)


def whole(reader: Reader, item: Item | None) -> str:
    if item is None:
        return say(reader, "The question itself is no longer kept.")
    asked = Asked(ref=item.ref, type=item.type, order=shown.authored(item))
    how = say(reader, "Checked: {how}", how=checked.words(item)) if item.proof.kind else ""
    return paragraphs(explained.whole(reader, item, asked), how)


def _why(reader: Reader, one: Listed) -> str:
    if one.reported:
        return say(reader, "reported by three people")
    return say(reader, "withdrawn: {why}", why=cut(one.why, LINE))


def following(verb: str, one: Reviewed) -> Row:
    return (Button("Next", make(verb, one.following)),) if one.following else ()


def filled(*rows: Row) -> tuple[Row, ...]:
    """Rows without the empty ones."""
    return tuple(row for row in rows if row)

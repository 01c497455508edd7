"""An interview as it is held: roles to choose from, a question, its follow-up, their forms."""

from __future__ import annotations

from bot.chat.cards import Button, Card, Choice, Field, Form, Select
from bot.chat.fitting import cut
from bot.chat.say import Reader, count, md, paragraphs, say
from bot.chat.text import flow
from bot.chat.tokens import make
from bot.views import shown
from bot.views.question import FORM_TITLE, Asking, prompt
from questions.roles import Role

LONGEST = 2000  # characters of an answer
_SURE = (
    Choice("I am sure", "sure"),
    Choice("I think so", "think"),
    Choice("I am guessing", "guess"),
)


def pick(reader: Reader, roles: tuple[Role, ...]) -> Card:
    """The menu of roles."""
    choices = tuple(Choice(role.title, role.slug) for role in roles)
    how = md(shown.command(reader, "interview", "backend senior"))
    return Card(
        view="interview-roles",
        title="A mock interview",
        text=say(
            reader,
            "Three open questions, each with a follow-up, then a report. About 15 minutes; only "
            "you see it, and you may leave it and come back.\n\nWhich role? Or type it: `{how}`.",
            how=how,
        ),
        select=Select(make("interview-role"), "Roles", choices),
    )


def unknown(reader: Reader, said: str, near: tuple[Role, ...]) -> Card:
    """Words that name no role, with those that may have been meant."""
    return Card(
        view="interview-unknown",
        title="Which role?",
        text=say(reader, 'I know no role "{said}". Did you mean one of these?', said=said[:40]),
        rows=(
            tuple(Button(role.title[:34], make("interview-role", role.slug)) for role in near[:3]),
            (Button("All roles", make("interview-roles")),),
        ),
    )


def nothing(reader: Reader) -> str:
    """There is nothing to ask."""
    how = shown.command(reader, "quiz")
    return say(reader, "I have no open questions here. Try `{how}`.", how=md(how))


def gone(reader: Reader) -> str:
    """The interview of an old button is not there."""
    how = md(shown.command(reader, "interview"))
    return say(reader, "This interview is gone. Begin another with `{how}`.", how=how)


def waits(reader: Reader, asking: Asking, held: Role, wanted: Role) -> Card:
    """Another interview is still open: one at a time."""
    quiz = asking.quiz
    at = f"{quiz.id}.{asking.position}"
    anew = make("interview-role", wanted.slug, "anew", quiz.id)
    return Card(
        view="interview-waits",
        title="One interview at a time",
        text=say(
            reader,
            "Your interview ({role}) waits at question {n} of {all}. What you answered is kept "
            "either way.",
            role=held.title,
            n=asking.position + 1,
            all=len(quiz.asked),
        ),
        rows=(
            (
                Button("Go on with it", make("interview-on", at), "primary"),
                Button("End it, begin the new one", anew),
            ),
        ),
    )


def welcome(reader: Reader, role: Role, questions: int, elsewhere: int) -> str:
    """What begins, and what had to come from other areas."""
    begins = say(
        reader,
        "{role}: {n}, each with a follow-up. Take your time; nothing is marked before the end.",
        role=role.title,
        n=count(questions, "open question", "open questions"),
    )
    if not elsewhere:
        return begins
    few = say(
        reader,
        "I have too few open questions on this role: {n} from other areas.",
        n=count(elsewhere, "comes", "come"),
    )
    return paragraphs(begins, few)


def again(reader: Reader) -> str:
    """The interview goes on where it was left."""
    return say(reader, "Here is your interview again.")


def title(asking: Asking) -> str:
    """`Interview · 1 of 3 · Isolation levels`."""
    item = asking.item
    topic = shown.topic(asking.areas, item.area, item.topic)
    return f"Interview · {asking.position + 1} of {len(asking.quiz.asked)} · {topic}"


def question(reader: Reader, asking: Asking) -> Card:
    """The open question."""
    return Card(
        view="interview-question",
        title=title(asking),
        text=paragraphs(asking.intro, prompt(asking.item)),
        rows=(
            (
                Button("Answer", asking.token("interview-say", form=True), "primary"),
                Button("Don't know", asking.token("interview-unknown")),
                Button("Stop here", asking.token("interview-stop")),
            ),
        ),
        note=_leave(reader),
    )


def _leave(reader: Reader) -> str:
    how = md(shown.command(reader, "interview"))
    return say(reader, "Leave whenever you like: {how} goes on from here.", how=how)


def follow(reader: Reader, asking: Asking, asked: str) -> Card:
    """The answer is taken; the interviewer asks on."""
    return Card(
        view="interview-follow",
        title=title(asking),
        text=paragraphs(
            asking.intro,
            say(reader, "Noted. And then:"),
            say(reader, "**{asked}**", asked=flow(asked)),
            say(reader, "This one is for practice: it is kept, not marked."),
        ),
        rows=(
            (
                Button("Answer", asking.token("interview-follow", form=True), "primary"),
                Button("Pass", asking.token("interview-pass")),
                Button("Stop here", asking.token("interview-stop")),
            ),
        ),
    )


def form(reader: Reader, asking: Asking) -> Form:
    """The answer, and how sure one is of it."""
    return Form(
        view="form-interview",
        token=asking.token("interview-say", form=True),
        title=cut(title(asking), FORM_TITLE),
        text=prompt(asking.item),
        fields=(
            _words(reader),
            Field(
                id="sure",
                label="How sure are you of it?",
                kind="select",
                choices=_SURE,
                start="think",
            ),
        ),
        submit="Answer",
    )


def _words(reader: Reader) -> Field:
    hint = say(reader, "As you would say it, two to eight sentences")
    return Field(id="answer", label="Your answer", kind="long", limit=LONGEST, hint=hint)


def follow_form(reader: Reader, asking: Asking, asked: str) -> Form:
    """The follow-up, answered for practice."""
    return Form(
        view="form-interview-follow",
        token=asking.token("interview-follow", form=True),
        title=cut(title(asking), FORM_TITLE),
        text=flow(asked),
        fields=(_words(reader),),
        submit="Answer",
    )


def late_form(asking: Asking) -> Form:
    """A form for what is answered already: sending it shows where the interview stands."""
    field = Field(id="answer", label="Already answered", required=False)
    return Form(
        view="form-interview-late",
        token=asking.token("interview-say", form=True),
        title="Already answered",
        fields=(field,),
    )

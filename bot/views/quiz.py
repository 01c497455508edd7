"""What is said around the questions: welcome, resumed, shortages, the end card."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.begin import start
from bot.chat.cards import Button, Card
from bot.chat.say import Reader, count, lines, md, say
from bot.store.rows import Quiz
from bot.views import shown
from questions.words import Asked as Said
from questions.words import BadCount, BadType, Nothing, Unsure

FIRST = 5  # questions of a quiz for which no number was said
PICK_AN_AREA = ("databases", "python", "http-apis", "security", "linux", "git", "system-design")


def welcome(reader: Reader, number: int) -> str:
    """The first sentence anybody reads."""
    many = "Five short questions" if number == FIRST else count(number, "question", "questions")
    return say(
        reader,
        "I am Sparring. {many} to start; only you see this. What you miss comes back.",
        many=many,
    )


def replaced(reader: Reader, quiz: Quiz) -> str:
    """An open quiz gave way; what was answered stays."""
    verdicts = [one.verdict for one in quiz.asked if one.verdict]
    done = len(shown.answers(quiz))
    if not done:
        return say(reader, "Your open quiz is closed.")
    kept = count(done, "answer", "answers")
    if len(verdicts) == len(quiz.asked):
        return say(reader, "Your last quiz is closed, its {kept} kept.", kept=kept)
    return say(reader, "Your open quiz is closed, its {kept} kept.", kept=kept)


def resumed(reader: Reader) -> str:
    """An open quiz goes on."""
    other = shown.command(reader, "quiz", "sql")
    return say(
        reader, "Here is your open quiz again. For another area: `{other}`.", other=md(other)
    )


def title(said: Said) -> str:
    """What a quiz is called: its areas."""
    return " + ".join(shown.short_title(target.title) for target in said.targets)


def read_as(reader: Reader, said: Said) -> str:
    """What a misspelt name was taken for."""
    return "" if said.sure else say(reader, "Read as **{title}**.", title=title(said))


def filled(reader: Reader, said: Said, wanted: int, got: int, fill: Mapping[str, int]) -> str:
    """One line on what was taken because too few questions were left."""
    near, numbers = fill.get("near", 0), fill.get("numbers", 0)
    parts = []
    if numbers and said.targets:
        parts.append(count(numbers, "known one with new numbers", "known ones with new numbers"))
    if due := fill.get("due", 0):
        parts.append(count(due, "that is due again", "that are due again"))
    if near:
        other = "of another level or topic nearby" if said.level else "from topics nearby"
        parts.append(f"{near} {other}")
    name = _wanted(said)
    missing = got < wanted
    if not parts and not missing:
        return ""
    tail = f" There are {got} in all for now." if missing else ""
    head = f"Few unseen questions are left in {name}: {', '.join(parts)}." if parts else ""
    return say(reader, "{note}", note=(head + tail).strip())


def _wanted(said: Said) -> str:
    name = title(said) or "that kind"
    return f"{name} at {said.level} level" if said.level else name


def lost(reader: Reader, gone: int, shorter: int) -> str:
    """Coming questions left the bank since the quiz began, or are kept back for now."""
    if not gone:
        what = count(shorter, "question is", "questions are")
        return say(reader, "{what} kept back for now, so this quiz is shorter.", what=what)
    what = count(gone, "question is", "questions are")
    if not shorter:
        return say(reader, "{what} no longer in the bank: something else is asked.", what=what)
    return say(reader, "{what} no longer in the bank, so this quiz is shorter.", what=what)


def not_understood(reader: Reader, said: Said) -> str:
    """Ask back, with the nearest three where there are any."""
    return lines(*(_problem(reader, one) for one in said.problems))


def _problem(reader: Reader, problem: Unsure | Nothing | BadCount | BadType) -> str:
    match problem:
        case Unsure(words=words, nearest=nearest):
            near = [f"`{shown.command(reader, 'quiz', one.slug)}`" for one in nearest]
            return say(
                reader,
                "I am not sure what {words} is. Did you mean {names}?",
                words=words[:60].strip(),
                names=md(shown.either(near)),
            )
        case Nothing(words=words):
            some = ", ".join(PICK_AN_AREA[:5])
            return say(
                reader,
                "I have nothing on {words}. Try {some}, or `{all}` for a mix.",
                words=words[:60].strip(),
                some=some,
                all=md(shown.command(reader, "quiz")),
            )
        case BadCount(said=number, fewest=fewest, most=most):
            return say(
                reader,
                "{number} questions? I take {fewest} to {most}.",
                number=number[:12],
                fewest=fewest,
                most=most,
            )
        case BadType(said=word, types=types):
            return say(
                reader,
                "There is no type {word}. There are: {types}.",
                word=word[:30],
                types=", ".join(types),
            )


def empty_bank(reader: Reader) -> str:
    """There are no questions at all."""
    return say(
        reader,
        "My question bank is empty. Whoever runs this bot can see why with "
        "`sparring questions check`.",
    )


def nothing_left(reader: Reader, said: Said, seen: int, soon: int) -> Card:
    """Every question of the wanted kind was met; what to do instead."""
    level = f"{said.level} " if said.level else ""
    kinds = f"{'/'.join(said.types)} " if said.types else ""
    where = f" in {title(said)}" if said.targets else ""
    sentence = "You have seen all {n} {kind}questions{where}."
    head = say(
        reader,
        sentence if seen else "I have no {kind}questions{where}.",
        n=seen,
        kind=level + kinds,
        where=where,
    )
    back = say(reader, "{n} come back by tomorrow.", n=soon) if soon else ""
    slugs = "+".join(target.slug for target in said.targets)
    others = [one for one in ("junior", "mid", "senior") if one != said.level]
    row = tuple(Button(one.capitalize(), start(f"{slugs} {one}")) for one in others)
    return Card(
        view="nothing-left",
        title="Nothing new left",
        text=lines(head, back),
        rows=(row, (Button("Anything", start("")),)),
        tone="near",
    )

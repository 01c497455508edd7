"""The menu of areas."""

from __future__ import annotations

from bot.chat.cards import Card, Choice, Select
from bot.chat.say import Reader, md, say
from bot.chat.tokens import make
from bot.views import shown
from questions.areas import Areas


def pick_an_area(reader: Reader, areas: Areas, group: str = "") -> Card:
    """A menu of groups of areas, or of the areas of one group (25 choices are Discord's most)."""
    choices = _in_group(areas, group) if group else _groups(areas)
    return Card(
        view="areas",
        title="Pick an area",
        text=say(reader, "Or type it: `{how}`.", how=md(shown.command(reader, "quiz", "sql+git"))),
        select=Select(make("area"), "Areas", choices),
    )


def _groups(areas: Areas) -> tuple[Choice, ...]:
    grouped = {slug for group in areas.groups for slug in group.areas}
    alone = (area for area in areas.areas if area.slug not in grouped)
    return (
        *(Choice(group.title[:75], f"group.{group.slug}") for group in areas.groups),
        *(Choice(shown.short_title(area.title)[:75], area.slug) for area in alone),
    )


def _in_group(areas: Areas, slug: str) -> tuple[Choice, ...]:
    group = areas.group(slug)
    return (
        Choice(f"All of it: {group.title}"[:75], group.slug),
        *(Choice(areas.area(one).title[:75], one) for one in group.areas),
    )

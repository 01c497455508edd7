"""The sentences of the audit log: who did what, by the word under which it is kept."""

from __future__ import annotations

from bot.chat.fitting import cut
from bot.chat.say import Reader, md, say
from bot.store.community import Audit
from bot.views import places

LONG = 200  # characters of what it was about
SENTENCES = {
    "reported": "three people reported this question, and it is not drawn any more",
    "kept": "{who} kept a reported question",
    "trusted": "{who} kept a suspected question",
    "withdrawn": "{who} withdrew a question",
    "shown": "{who} let a question be drawn again",
    "accepted": "{who} accepted a proposed question",
    "declined": "{who} declined a proposed question",
    "upheld": "{who} upheld an appeal",
    "refused": "{who} declined an appeal",
    "drafted-a-challenge": "{who} began to set up a daily",
    "began-a-challenge": "{who} began a daily",
    "changed-a-challenge": "{who} changed a daily",
    "started-a-challenge": "{who} let a daily go on",
    "paused-a-challenge": "{who} paused a daily",
    "ended-a-challenge": "{who} ended a daily",
    "posted-a-daily": "{who} had a daily posted at once",
    "left-out-a-date": "{who} left out a date of a daily",
    "put-back-a-date": "{who} put back a date of a daily",
    "game-stopped": "{who} stopped a game",
    "community-days": "{who} changed the zone or the rest days",
    "community-games": "{who} changed who may start games, and when",
    "community-limits": "{who} changed the areas and levels that are asked",
    "no-winners": "{who} had the winners announced no more",
    "digest": "{who} asked for Monday's digest",
    "no-digest": "{who} asked for no more digests",
    "outage": "{who} forgave dates on which the bot was down",
    "queued": "{who} made a misconception the next daily",
}
PLACED = {  # what these are about begins with a channel
    "channel-games": "{who} changed who may start games in {place}, and when",
    "channel-limits": "{who} changed the areas and levels that are asked in {place}",
    "channel-same": "{who} made {place} as everywhere again",
    "winners": "{who} had each week's winners announced in {place}",
    "added-a-channel": "{who} added {place} to a challenge",
    "removed-a-channel": "{who} took {place} off a challenge",
    "tried-channels-again": "{who} had {place} tried again",
    "winners-lost": "{place} did not take the week's winners, and they are announced no more",
}
OTHERWISE = "{who} {what}"  # a word of another version


def sentence(reader: Reader, audit: Audit) -> str:
    """One entry in plain words; who erased their data is somebody."""
    place, about = "", audit.about
    if audit.what in PLACED:
        place, _, about = about.partition(" ")
    did = say(
        reader,
        PLACED[audit.what] if place else SENTENCES.get(audit.what, OTHERWISE),
        who=audit.name or "somebody",
        what=audit.what.replace("-", " "),
        place=places.name(reader, place),
    )
    about = cut(about, LONG)
    return say(reader, "{did}: {about}", did=md(did), about=about) if about else did

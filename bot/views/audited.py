"""The sentences of the audit log: who did what, by the word under which it is kept."""

from __future__ import annotations

from bot.chat.fitting import cut
from bot.chat.say import Reader, md, say
from bot.store.community import Audit

LONG = 200  # characters of what it was about
SENTENCES = {
    "reported": "three people reported this question, and it is not drawn any more",
    "kept": "{who} kept a reported question",
    "withdrawn": "{who} withdrew a question",
    "shown": "{who} let a question be drawn again",
    "accepted": "{who} accepted a proposed question",
    "declined": "{who} declined a proposed question",
    "upheld": "{who} upheld an appeal",
    "refused": "{who} declined an appeal",
    "game-stopped": "{who} stopped a game",
    "community-days": "{who} changed the zone or the rest days",
    "community-games": "{who} changed who may start games, and when",
    "community-limits": "{who} changed the areas and levels that are asked",
    "channel-games": "{who} changed who may start games in a channel, and when",
    "channel-limits": "{who} changed the areas and levels that are asked in a channel",
    "channel-same": "{who} made a channel as everywhere again",
    "winners": "{who} had each week's winners announced",
    "no-winners": "{who} had the winners announced no more",
    "digest": "{who} asked for Monday's digest",
    "no-digest": "{who} asked for no more digests",
    "queued": "{who} made a misconception the next daily",
}
OTHERWISE = "{who} {what}"  # a word that says it itself: left-out-a-date


def sentence(reader: Reader, audit: Audit) -> str:
    """One entry in plain words; who erased their data is somebody."""
    did = say(
        reader,
        SENTENCES.get(audit.what, OTHERWISE),
        who=audit.name or "somebody",
        what=audit.what.replace("-", " "),
    )
    about = cut(audit.about, LONG)
    return say(reader, "{did}: {about}", did=md(did), about=about) if about else did

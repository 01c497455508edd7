"""Streaks by hand: what happens, how the streak stands then, and what the last answer says of it.

A case is (its name, zone and hour, lines of `tests.streaks.person`, days, freezes, sentences).
"""

from __future__ import annotations

Case = tuple[str, str, tuple[str, ...], int, int, tuple[str, ...]]

BERLIN = "Europe/Berlin 4"

PLAIN: tuple[Case, ...] = (
    (
        "the first answer is day one",
        BERLIN,
        ("do 2026-11-23 12:00",),
        1,
        0,
        (),
    ),
    (
        "a second answer on a date counts once",
        BERLIN,
        ("do 2026-11-23 12:00", "do 2026-11-23 23:00"),
        1,
        0,
        (),
    ),
    (
        "an answer after midnight and before the rollover is of the old date",
        BERLIN,
        ("do 2026-11-23 12:00", "do 2026-11-24 03:59"),
        1,
        0,
        (),
    ),
    (
        "the rollover begins the next date",
        BERLIN,
        ("do 2026-11-23 12:00", "do 2026-11-24 04:00"),
        2,
        0,
        (),
    ),
    (
        "a missed date ends a run",
        BERLIN,
        ("each 2026-11-21 2026-11-23 12:00", "do 2026-11-25 12:00"),
        1,
        0,
        ("Your streak of 3 ended: Tue 24 Nov was missed, and no freeze was there in time.",),
    ),
    (
        "the leap day is a date",
        BERLIN,
        ("do 2028-02-28 12:00", "do 2028-02-29 12:00", "do 2028-03-01 12:00"),
        3,
        0,
        (),
    ),
    (
        "the leap day can be missed",
        BERLIN,
        ("do 2028-02-28 12:00", "do 2028-03-01 12:00"),
        1,
        0,
        ("Your streak of 1 ended: Tue 29 Feb was missed, and no freeze was there in time.",),
    ),
    (
        "no leap day, nothing missed",
        BERLIN,
        ("do 2027-02-28 12:00", "do 2027-03-01 12:00"),
        2,
        0,
        (),
    ),
    (
        "the new year breaks nothing",
        BERLIN,
        ("do 2026-12-31 12:00", "do 2027-01-01 12:00"),
        2,
        0,
        (),
    ),
)

SUMMER_TIME: tuple[Case, ...] = (
    (
        "a day of 23 hours, from its first minute to the next one's",
        BERLIN,
        ("do 2026-03-27 12:00", "do 2026-03-28 04:00", "do 2026-03-29 04:00"),
        3,
        0,
        (),
    ),
    (
        "three dates within 23 hours and a bit are no farming where nobody moved",
        BERLIN,
        ("do 2026-03-28 03:59", "do 2026-03-28 12:00", "do 2026-03-29 04:01"),
        3,
        0,
        (),
    ),
    (
        "a day of 25 hours: its 25th hour is its own",
        BERLIN,
        ("do 2026-10-24 04:00", "do 2026-10-25 03:59"),
        1,
        0,
        (),
    ),
    (
        "the hour that comes twice is before the rollover both times",
        BERLIN,
        ("do 2026-10-24 12:00", "do 2026-10-25 02:30", "do 2026-10-25 02:30'"),
        1,
        0,
        (),
    ),
    (
        "with a rollover at two, the second 02:30 is of the new date like the first",
        "Europe/Berlin 2",
        ("do 2026-10-24 12:00", "do 2026-10-25 02:30", "do 2026-10-25 02:30'"),
        2,
        0,
        (),
    ),
    (
        "the hour that never was lies in the new date",
        "Europe/Berlin 2",
        ("do 2026-03-28 12:00", "do 2026-03-29 03:00"),
        2,
        0,
        (),
    ),
    (
        "a midnight that never was: the day begins at one",
        "Africa/Cairo 0",
        ("do 2026-04-23 23:59", "do 2026-04-24 01:00"),
        2,
        0,
        (),
    ),
    (
        "a midnight that comes twice is one date",
        "America/Havana 0",
        ("do 2026-10-31 12:00", "do 2026-11-01 00:30", "do 2026-11-01 00:30'"),
        2,
        0,
        (),
    ),
    (
        "Lord Howe has half an hour less",
        "Australia/Lord_Howe 2",
        ("do 2026-10-03 12:00", "do 2026-10-04 02:30"),
        2,
        0,
        (),
    ),
    (
        "Lord Howe has half an hour more",
        "Australia/Lord_Howe 2",
        (
            "do 2026-04-04 12:00",
            "do 2026-04-05 01:45",
            "do 2026-04-05 01:45'",
            "do 2026-04-05 02:00",
        ),
        2,
        0,
        (),
    ),
    (
        "a quarter past the hour in Chatham and Kathmandu",
        "Pacific/Chatham 4",
        ("do 2026-11-23 12:00", "zone Asia/Kathmandu 4", "do 2026-11-24 12:00"),
        2,
        0,
        (),
    ),
)

GRACE: tuple[Case, ...] = (
    (
        "asked before the boundary, answered 15 minutes after it",
        BERLIN,
        ("do 2026-11-22 12:00", "do 2026-11-24 04:15 asked 2026-11-24 03:58"),
        2,
        0,
        ("Asked before your day ended, answered within 15 minutes: it counts for Mon 23 Nov.",),
    ),
    (
        "after 15 minutes and one it is too late",
        BERLIN,
        ("do 2026-11-22 12:00", "do 2026-11-24 04:16 asked 2026-11-24 03:58"),
        1,
        0,
        ("Your streak of 1 ended: Mon 23 Nov was missed, and no freeze was there in time.",),
    ),
    (
        "asked after the boundary it is of the new date",
        BERLIN,
        ("do 2026-11-22 12:00", "do 2026-11-24 04:05 asked 2026-11-24 04:01"),
        1,
        0,
        ("Your streak of 1 ended: Mon 23 Nov was missed, and no freeze was there in time.",),
    ),
    (
        "the old date was done: the answer is of the new one",
        BERLIN,
        ("do 2026-11-23 12:00", "do 2026-11-24 04:10 asked 2026-11-24 03:58"),
        2,
        0,
        (),
    ),
    (
        "an old date that asked for nothing needs no grace",
        BERLIN,
        (
            "community 6",
            "do 2026-11-21 12:00",
            "do 2026-11-23 04:10 asked 2026-11-23 03:58",
        ),
        2,
        0,
        (),
    ),
    (
        "neither does one on which the bot was down",
        BERLIN,
        (
            "do 2026-11-22 12:00",
            "down 2026-11-23 2026-11-23",
            "do 2026-11-24 04:10 asked 2026-11-24 03:58",
        ),
        2,
        0,
        ("I was down on Mon 23 Nov: your streak of 1 stays, and no freeze was used.",),
    ),
    (
        "nor a vacation that a newer choice ended, where today is done already",
        BERLIN,
        (
            "do 2026-11-22 12:00",
            "at 2026-11-22 13:00 away 2026-11-23 2026-11-27",
            "do 2026-11-24 04:05",
            "at 2026-11-24 04:06 rest -",
            "do 2026-11-24 04:10 asked 2026-11-24 03:58",
        ),
        1,
        0,
        (),
    ),
    (
        "at midnight, where the day ends there",
        "America/New_York 0",
        ("do 2026-11-22 12:00", "do 2026-11-24 00:10 asked 2026-11-23 23:55"),
        2,
        0,
        ("Asked before your day ended, answered within 15 minutes: it counts for Mon 23 Nov.",),
    ),
    (
        "in the night of 23 hours",
        "Europe/Berlin 2",
        ("do 2026-03-27 12:00", "do 2026-03-29 03:15 asked 2026-03-29 01:50"),
        2,
        0,
        ("Asked before your day ended, answered within 15 minutes: it counts for Sat 28 Mar.",),
    ),
)

FREEZES: tuple[Case, ...] = (
    (
        "the seventh day earns a freeze",
        BERLIN,
        ("each 2026-11-01 2026-11-07 12:00",),
        7,
        1,
        ("Seven days done: you earned a freeze (1 of 2). It is used by itself.",),
    ),
    (
        "it is used by itself, keeps the run and adds nothing",
        BERLIN,
        ("each 2026-11-01 2026-11-07 12:00", "do 2026-11-09 12:00"),
        8,
        0,
        ("Sun 8 Nov was missed: 1 freeze kept your streak, none left.",),
    ),
    (
        "two are the most",
        BERLIN,
        ("each 2026-11-01 2026-11-21 12:00",),
        21,
        2,
        (),
    ),
    (
        "two missed dates take both",
        BERLIN,
        ("each 2026-11-01 2026-11-14 12:00", "do 2026-11-17 12:00"),
        15,
        0,
        ("Sun 15 Nov and Mon 16 Nov were missed: 2 freezes kept your streak, none left.",),
    ),
    (
        "a third one ends the run, and they are gone",
        BERLIN,
        ("each 2026-11-01 2026-11-14 12:00", "do 2026-11-18 12:00"),
        1,
        0,
        (
            (
                "Your streak of 14 ended: Sun 15 Nov and Mon 16 Nov took your 2 freezes, "
                "and Tue 17 Nov was missed too."
            ),
        ),
    ),
    (
        "one freeze is too little for two dates",
        BERLIN,
        ("each 2026-11-01 2026-11-07 12:00", "do 2026-11-10 12:00"),
        1,
        0,
        ("Your streak of 7 ended: Sun 8 Nov took your 1 freeze, and Mon 9 Nov was missed too.",),
    ),
    (
        "too late: the seventh answer does not save the date before it",
        BERLIN,
        ("each 2026-11-01 2026-11-06 12:00", "do 2026-11-08 12:00"),
        1,
        0,
        ("Your streak of 6 ended: Sat 7 Nov was missed, and no freeze was there in time.",),
    ),
    (
        "in time by a late answer: it is earned when it was given",
        BERLIN,
        ("each 2026-11-01 2026-11-06 12:00", "do 2026-11-09 12:00", "do 2026-11-07 12:00"),
        8,
        0,
        (
            "This answer reached me late; it counts for Sat 7 Nov, when you gave it.",
            "That date was missing: your streak is 8 again.",
        ),
    ),
    (
        "the days after a frozen one earn the next freeze",
        BERLIN,
        ("each 2026-11-01 2026-11-07 12:00", "each 2026-11-09 2026-11-15 12:00"),
        14,
        1,
        ("Seven days done: you earned a freeze (1 of 2). It is used by itself.",),
    ),
    (
        "a frozen date that is done after all gives its freeze back",
        BERLIN,
        (
            "each 2026-11-01 2026-11-07 12:00",
            "do 2026-11-09 12:00",
            "do 2026-11-09 13:00 daily 2026-11-08",
        ),
        9,
        1,
        (
            "Yesterday's daily counts for Sun 8 Nov.",
            "That date needed no freeze after all: you have 1 of 2 again.",
        ),
    ),
)

REST: tuple[Case, ...] = (
    (
        "a weekend of rest keeps a run",
        BERLIN,
        ("community 5,6", "do 2026-11-20 12:00", "do 2026-11-23 12:00"),
        2,
        0,
        (),
    ),
    (
        "practice on a rest day adds nothing",
        BERLIN,
        ("community 5,6", "do 2026-11-20 12:00", "do 2026-11-21 12:00"),
        1,
        0,
        ("Sat 21 Nov asks nothing of you: your streak of 1 is kept, and practice adds nothing.",),
    ),
    (
        "a first answer on a rest day begins no run",
        BERLIN,
        ("community 5,6", "do 2026-11-21 12:00"),
        0,
        0,
        ("Sat 21 Nov asks nothing of you: practice adds no day, your streak begins after it.",),
    ),
    (
        "and nothing is lost where none was begun",
        BERLIN,
        ("community 5,6", "do 2026-11-21 12:00", "do 2026-11-24 12:00"),
        1,
        0,
        (),
    ),
    (
        "a rest day needs no freeze, the date after it does",
        BERLIN,
        ("community 6", "each 2026-11-14 2026-11-21 12:00", "do 2026-11-24 12:00"),
        8,
        0,
        ("Mon 23 Nov was missed: 1 freeze kept your streak, none left.",),
    ),
    (
        "rest days chosen today do not forgive yesterday",
        BERLIN,
        ("do 2026-11-23 12:00", "at 2026-11-25 10:00 rest 1", "do 2026-11-25 12:00"),
        1,
        0,
        ("Your streak of 1 ended: Tue 24 Nov was missed, and no freeze was there in time.",),
    ),
    (
        "rest days chosen in time do",
        BERLIN,
        ("do 2026-11-23 12:00", "at 2026-11-24 10:00 rest 1", "do 2026-11-25 12:00"),
        2,
        0,
        (),
    ),
    (
        "a community that drops its rest day takes no streak",
        BERLIN,
        ("community 1", "do 2026-11-23 12:00", "community -", "do 2026-11-25 12:00"),
        2,
        0,
        (),
    ),
    (
        "a vacation keeps a run",
        BERLIN,
        (
            "do 2026-12-23 12:00",
            "at 2026-12-23 13:00 away 2026-12-24 2027-01-01",
            "do 2027-01-02 12:00",
        ),
        2,
        0,
        ("Your vacation kept your streak of 1.",),
    ),
    (
        "practice on vacation adds nothing",
        BERLIN,
        (
            "do 2026-12-23 12:00",
            "at 2026-12-23 13:00 away 2026-12-24 2027-01-01",
            "do 2026-12-25 12:00",
        ),
        1,
        0,
        (
            "Your vacation kept your streak of 1.",
            "Fri 25 Dec asks nothing of you: your streak of 1 is kept, and practice adds nothing.",
        ),
    ),
    (
        "a vacation that is cut short keeps what was",
        BERLIN,
        (
            "do 2026-12-23 12:00",
            "at 2026-12-23 13:00 away 2026-12-24 2027-01-01",
            "at 2026-12-27 13:00 away 2026-12-24 2026-12-26",
            "do 2026-12-27 14:00",
        ),
        2,
        0,
        ("Your vacation kept your streak of 1.",),
    ),
)

TRAVEL: tuple[Case, ...] = (
    (
        "east over the date line: the date that was jumped is forgiven",
        "Pacific/Honolulu 4",
        ("do 2026-11-23 12:00", "zone Pacific/Auckland 4", "do 2026-11-25 12:00"),
        2,
        0,
        (
            "By the clock of Auckland it is Wed 25 Nov: your days follow it from now on.",
            "A change of the clock cut Tue 24 Nov short: forgiven, your streak of 1 stays.",
        ),
    ),
    (
        "after 36 hours it is missed",
        "Pacific/Honolulu 4",
        ("do 2026-11-23 12:00", "zone Pacific/Auckland 4", "do 2026-11-25 23:30"),
        1,
        0,
        (
            "By the clock of Auckland it is Wed 25 Nov: your days follow it from now on.",
            "Your streak of 1 ended: Tue 24 Nov was missed, and no freeze was there in time.",
        ),
    ),
    (
        "where nobody moved 36 hours forgive nothing",
        "Pacific/Auckland 4",
        ("do 2026-11-23 23:00", "do 2026-11-25 05:00"),
        1,
        0,
        ("Your streak of 1 ended: Tue 24 Nov was missed, and no freeze was there in time.",),
    ),
    (
        "west over the date line: a date that comes again counts once",
        "Pacific/Auckland 4",
        ("do 2026-11-24 12:00", "zone Pacific/Honolulu 4", "do 2026-11-24 12:00"),
        1,
        0,
        (
            (
                "By the clock of Honolulu it is Tue 24 Nov again: your days are counted "
                "up to Tue 24 Nov."
            ),
        ),
    ),
    (
        "and the date after it counts",
        "Pacific/Auckland 4",
        (
            "do 2026-11-24 12:00",
            "zone Pacific/Honolulu 4",
            "do 2026-11-24 12:00",
            "do 2026-11-25 12:00",
        ),
        2,
        0,
        (),
    ),
    (
        "a date is never taken back by a move",
        "Asia/Tokyo 4",
        ("do 2026-11-24 05:00", "zone America/Los_Angeles 4", "do 2026-11-23 20:00"),
        1,
        0,
        (
            (
                "By the clock of Los Angeles it is Mon 23 Nov again: your days are "
                "counted up to Tue 24 Nov."
            ),
        ),
    ),
    (
        "Samoa had no 30 December",
        "Pacific/Apia 0",
        ("do 2011-12-29 12:00", "do 2011-12-31 12:00"),
        2,
        0,
        ("A change of the clock cut Fri 30 Dec short: forgiven, your streak of 1 stays.",),
    ),
    (
        "and four hours of it, where the day ends at four",
        "Pacific/Apia 4",
        ("do 2011-12-29 12:00", "do 2011-12-31 12:00"),
        2,
        0,
        ("A change of the clock cut Fri 30 Dec short: forgiven, your streak of 1 stays.",),
    ),
    (
        "no farming: a third date within 24 hours waits",
        "Pacific/Midway 4",
        (
            "do 2026-11-23 03:30",
            "do 2026-11-23 04:30",
            "zone Pacific/Kiritimati 4",
            "do 2026-11-24 08:00",
        ),
        2,
        0,
        (
            (
                "Two dates within 24 hours of travel are counted; this answer goes to Mon "
                "23 Nov. The next date counts from Wed 25 Nov 04:30, Kiritimati."
            ),
        ),
    ),
    (
        "and counts when they are over",
        "Pacific/Midway 4",
        (
            "do 2026-11-23 03:30",
            "do 2026-11-23 04:30",
            "zone Pacific/Kiritimati 4",
            "do 2026-11-24 08:00",
            "do 2026-11-25 04:30",
        ),
        3,
        0,
        ("A change of the clock cut Tue 24 Nov short: forgiven, your streak of 2 stays.",),
    ),
    (
        "another hour at which the day ends is a move too",
        "UTC 6",
        ("do 2026-11-23 05:00", "zone UTC 0", "do 2026-11-23 05:30", "do 2026-11-24 00:30"),
        2,
        0,
        (
            (
                "Two dates within 24 hours of travel are counted; this answer goes to Mon "
                "23 Nov. The next date counts from Tue 24 Nov 05:00, UTC."
            ),
        ),
    ),
)

LATE: tuple[Case, ...] = (
    (
        "a late answer gives its date back",
        BERLIN,
        ("each 2026-11-20 2026-11-22 12:00", "do 2026-11-24 12:00", "do 2026-11-23 23:00"),
        5,
        0,
        (
            "This answer reached me late; it counts for Mon 23 Nov, when you gave it.",
            "That date was missing: your streak is 5 again.",
        ),
    ),
    (
        "a late answer of a done date changes nothing",
        BERLIN,
        ("do 2026-11-22 12:00", "do 2026-11-23 12:00", "do 2026-11-22 13:00"),
        2,
        0,
        (),
    ),
    (
        "a late answer has the date of where its person was then",
        "Pacific/Honolulu 4",
        (
            "do 2026-11-22 12:00",
            "do 2026-11-23 12:00",
            "zone Europe/Berlin 4",
            "do 2026-11-25 12:00",
            "do 2026-11-24 18:00",
        ),
        4,
        0,
        (
            "This answer reached me late; it counts for Tue 24 Nov, when you gave it.",
            "That date was missing: your streak is 4 again.",
        ),
    ),
    (
        "also where that makes it a date that was done",
        "Pacific/Honolulu 4",
        (
            "do 2026-11-22 12:00",
            "do 2026-11-23 12:00",
            "zone Pacific/Auckland 4",
            "do 2026-11-26 12:00",
            "do 2026-11-24 10:00",
        ),
        1,
        0,
        (),
    ),
    (
        "a late answer keeps its grace, whatever is chosen after it further west",
        "Pacific/Auckland 4",
        (
            "do 2026-11-22 12:00",
            "do 2026-11-24 10:00",
            "zone Pacific/Honolulu 4",
            "at 2026-11-23 12:00 rest 0",
            "do 2026-11-23 05:05 asked 2026-11-23 04:00",  # 04:05 and 03:00 in Auckland
        ),
        3,
        0,
        (
            "Asked before your day ended, answered within 15 minutes: it counts for Mon 23 Nov.",
            "This answer reached me late; it counts for Mon 23 Nov, when you gave it.",
            "That date was missing: your streak is 3 again.",
        ),
    ),
    (
        "a late answer cannot farm either",
        "Pacific/Midway 4",
        (
            "do 2026-11-22 22:00",
            "zone Pacific/Kiritimati 4",
            "do 2026-11-24 19:00",
            "do 2026-11-24 00:00",
        ),
        2,
        0,
        ("Two dates within 24 hours of travel are counted; this answer goes to Sun 22 Nov.",),
    ),
    (
        "nor by coming before the answer that filled its date",
        "Pacific/Midway 4",
        (
            "do 2026-11-22 22:00",
            "zone Pacific/Kiritimati 4",
            "do 2026-11-24 19:00",
            "do 2026-11-25 00:00 daily 2026-11-23",
            "do 2026-11-24 00:00",
        ),
        3,
        0,
        ("Two dates within 24 hours of travel are counted; this answer goes to Sun 22 Nov.",),
    ),
    (
        "yesterday's daily counts for yesterday",
        BERLIN,
        ("do 2026-11-22 12:00", "do 2026-11-24 08:00 daily 2026-11-23"),
        2,
        0,
        ("Yesterday's daily counts for Mon 23 Nov. Today still waits for an answer.",),
    ),
    (
        "and today is open beside it",
        BERLIN,
        (
            "do 2026-11-22 12:00",
            "do 2026-11-24 08:00 daily 2026-11-23",
            "do 2026-11-24 08:05",
        ),
        3,
        0,
        (),
    ),
    (
        "yesterday's daily fills yesterday after today was done",
        BERLIN,
        (
            "do 2026-11-22 12:00",
            "do 2026-11-24 08:00",
            "do 2026-11-24 08:05 daily 2026-11-23",
        ),
        3,
        0,
        (
            "Yesterday's daily counts for Mon 23 Nov.",
            "That date was missing: your streak is 3 again.",
        ),
    ),
    (
        "filled after a move, it leaves a freeze in time by the clock from before",
        "Antarctica/Rothera 6",
        (
            "each 2026-11-16 2026-11-21 12:00",
            "do 2026-11-24 04:30 daily 2026-11-22",
            "zone Europe/Skopje 0",
            "do 2026-11-25 08:51",
            "do 2026-11-25 09:00 daily 2026-11-24",
        ),
        9,
        0,
        (
            "Yesterday's daily counts for Tue 24 Nov.",
            "That date was missing: your streak is 9 again.",
        ),
    ),
    (
        "a daily of the day before yesterday counts for today",
        BERLIN,
        ("do 2026-11-22 12:00", "do 2026-11-23 12:00 daily 2026-11-20"),
        2,
        0,
        ("The daily of Fri 20 Nov counts for your today, Mon 23 Nov.",),
    ),
    (
        "a daily of tomorrow, east of its person, counts for today",
        "America/Los_Angeles 4",
        ("do 2026-11-23 20:00 daily 2026-11-24",),
        1,
        0,
        ("The daily of Tue 24 Nov counts for your today, Mon 23 Nov.",),
    ),
)

DOWN: tuple[Case, ...] = (
    (
        "an outage is forgiven, and no freeze is used",
        BERLIN,
        ("each 2026-11-01 2026-11-07 12:00", "down 2026-11-08 2026-11-09", "do 2026-11-10 12:00"),
        8,
        1,
        ("I was down on Sun 8 Nov and Mon 9 Nov: your streak of 7 stays, and no freeze was used.",),
    ),
    (
        "a date beside the outage is missed",
        BERLIN,
        ("do 2026-11-07 12:00", "down 2026-11-08 2026-11-08", "do 2026-11-10 12:00"),
        1,
        0,
        ("Your streak of 1 ended: Mon 9 Nov was missed, and no freeze was there in time.",),
    ),
    (
        "made known afterwards it gives the run back",
        BERLIN,
        (
            "each 2026-11-03 2026-11-07 12:00",
            "do 2026-11-09 12:00",
            "down 2026-11-08 2026-11-08",
            "do 2026-11-10 12:00",
        ),
        7,
        1,
        (
            "I was down on Sun 8 Nov, so that is forgiven: your streak is back at 6.",
            "Seven days done: you earned a freeze (1 of 2). It is used by itself.",
        ),
    ),
    (
        "an outage that nobody missed says nothing",
        BERLIN,
        ("each 2026-11-07 2026-11-09 12:00", "down 2026-11-08 2026-11-08", "do 2026-11-10 12:00"),
        4,
        0,
        (),
    ),
)

CASES = (
    *PLAIN, *SUMMER_TIME, *GRACE, *FREEZES, *REST, *TRAVEL, *LATE, *DOWN,
)  # fmt: skip

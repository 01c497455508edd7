"""What Slack accepts; each with the page of docs.slack.dev that says so."""

from __future__ import annotations

from typing import Final

# reference/block-kit
BLOCKS: Final = 50  # of a message
VIEW_BLOCKS: Final = 100  # of a modal or a Home
TOTAL: Final = (
    13_000  # of the blocks as JSON; msg_blocks_too_long was seen at 13,200 (bolt-js#2509)
)
HEADER: Final = 150
BUTTONS: Final = 25  # of one actions block
BUTTON_LABEL: Final = 75
OPTIONS: Final = 100  # of a select
CHECKBOXES: Final = 10
OPTION: Final = 75  # text and description
PLACEHOLDER: Final = 150
URL: Final = 1000  # Slack takes 3,000
ALT: Final = 1000  # of an image, and of the file itself; a block takes 2,000
NOTE: Final = 800  # of one text in a context block; Slack takes more
LABEL: Final = 2000
HINT: Final = 2000
TYPED: Final = 3000  # of a plain text input

# surfaces/modals, reference/views
VIEW_TITLE: Final = 24
VIEW_BUTTON: Final = 24
METADATA: Final = 3000

# chat.postMessage
FALLBACK: Final = 3000  # more than 4,000 is discouraged, escapes included

# interactivity/handling-user-interaction
ACK_SECONDS: Final = 2.5  # of the three that Slack gives

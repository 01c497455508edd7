"""What Discord accepts, in its own units; each with the page that says so."""

from __future__ import annotations

from typing import Final

# docs.discord.com/developers: components/reference
CUSTOM_ID: Final = 100
COMPONENTS: Final = 40  # of a message, nested ones counted
TEXT: Final = 4000  # of all text displays of a message together
BUTTONS: Final = 5  # in a row
BUTTON_LABEL: Final = 80
CHOICES: Final = 25  # of a select
CHECKBOXES: Final = 10  # of a group
CHOICE: Final = 100  # label, value and description alike
PLACEHOLDER: Final = 150
MODAL_TITLE: Final = 45
MODAL_PARTS: Final = 5
LABEL: Final = 45
LABEL_DESCRIPTION: Final = 100
TYPED: Final = 4000  # of one text input
ALT: Final = 1024  # of a picture

# resources/message, resources/channel
NONCE: Final = 25
THREAD_NAME: Final = 100

# interactions/application-commands
DESCRIPTION: Final = 100
OPTIONS: Final = 25
SUGGESTIONS: Final = 25
SUGGESTION: Final = 100

# reference#uploading-files
ATTACHMENT: Final = 10 * 2**20  # bytes of one file

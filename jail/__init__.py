"""The jail for learners' SQL and patterns; it knows nothing of the bot."""

from jail.running import Jail
from jail.values import Crowded, Matches, Outcome, Table

__all__ = ["Crowded", "Jail", "Matches", "Outcome", "Table"]

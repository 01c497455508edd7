"""What runs in processes of its own, beside the bot; only the standard library is imported here."""

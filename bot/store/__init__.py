"""What the core asks of a database: values and protocols, no SQL."""

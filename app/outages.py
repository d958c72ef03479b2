"""What a database says when it cannot be read or written, in words."""

from app.words import tr


def outage(said: str) -> str | None:
    """The sentence for what SQLite or PostgreSQL ``said``; None where it is nothing of the kind."""
    said = said.lower()
    if "disk is full" in said or "disk full" in said:
        return tr("The disk is full; nothing was written. Make room on it, then try again.")
    if "readonly" in said or "read-only" in said:
        return tr(
            "The office can only be read here; nothing was written. Ask for the right to write its folder."
        )
    if "disk i/o" in said:
        return tr("The disk could not be written or read; nothing was written. Check it, then try again.")
    if "malformed" in said or "not a database" in said:
        return tr("The file of the office is damaged. Restore it from the newest backup.")
    if "locked" in said or "busy" in said or "deadlock" in said:
        return tr("Someone else is writing just now; nothing was written. Try again in a moment.")
    return None

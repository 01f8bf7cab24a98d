"""Counts in the words that commands and logs tell to operators. What applicants and staff read is `french`'s."""


def counted(number: int, noun: str) -> str:
    """ "0 mails", "1 mail", "2 mails"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

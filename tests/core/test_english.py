"""Counts as operators read them."""

from pipeline.core.english import counted


def test_only_one_thing_is_told_in_the_singular() -> None:
    assert [counted(number, "mail") for number in (0, 1, 2)] == ["0 mails", "1 mail", "2 mails"]

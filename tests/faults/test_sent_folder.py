"""A Sent folder that takes no copy: none at all since it is full, or one alone for its size. A real Dovecot's quota."""

from collections.abc import Callable
from pathlib import Path

from pipeline.demo.staff import type_into
from tests.builders import a_call
from tests.faults.conftest import TOWNS, settled
from tests.line.house import House

CALL = a_call()
QUOTA = "mail_plugins = quota\nplugin {{\n  quota = count:User quota\n  quota_vsizes = yes\n  {rule}\n}}\n"


def under(house: House, rule: str) -> None:
    """The mail server has that rule from now on."""
    file = Path(house.dovecot.folder) / "dovecot.conf"
    plain = file.read_text("utf-8").partition("mail_plugins")[0]
    file.write_text(plain + QUOTA.format(rule=rule), "utf-8")
    house.dovecot.restart()


def copies(house: House) -> int:
    return len(house.dovecot.messages("Sent"))


def test_a_full_mailbox_is_said_and_the_copies_are_kept_when_there_is_room(house: House, deliver: Callable) -> None:
    deliver()
    under(house, "quota_rule = *:storage=1K")
    full = house.once()
    assert (full.returncode, len(house.sink.taken), copies(house)) == (1, 3, 0)
    assert full.stderr.count("\n") == 1 and "[OVERQUOTA]" in full.stderr
    under(house, "quota_rule = *:storage=100M")
    assert house.once(now="2017-03-01T09:10").returncode == 0
    assert copies(house) == 3
    settled(house, [sender for _, sender in TOWNS])


def test_a_copy_too_large_for_the_server_keeps_no_other_from_its_place_and_is_given_up(
    house: House, deliver: Callable
) -> None:
    deliver(TOWNS[0])
    assert house.once().returncode == 0
    enclosed = house.folder / "sheets" / CALL.code / "a-joindre" / "non_retenu" / "motifs.pdf"
    enclosed.parent.mkdir(parents=True)
    enclosed.write_bytes(b"%PDF-1.4" + bytes(100_000))
    under(house, "quota_max_mail_size = 60k")
    type_into(house.tracker, CALL, "candidatures", {"V21-001": {"decision": "Non retenu", "request": "Non retenu"}})
    refused = house.once(now="2017-03-01T09:10")
    assert (refused.returncode, len(house.sink.taken), copies(house)) == (1, 2, 1)
    assert refused.stderr.startswith("the Sent folder takes no copy of 1 letter that left: ")

    deliver(*TOWNS[1:])
    assert house.once(now="2017-03-01T09:20").returncode == 1
    assert (len(house.sink.taken), copies(house)) == (4, 3)
    assert house.once(now="2017-03-03T09:20").returncode == 0
    assert copies(house) == 3
    with house.office(None, alone=False) as office:
        events = [event.what.replace("\u00a0", " ") for _, event, _ in office.ledger.journal.whole()]
    given_up = f"copie non gardée dans les messages envoyés : Non retenu, à {TOWNS[0][1]}"
    assert [one for one in events if "copie" in one] == [given_up]
    settled(house, [sender for _, sender in TOWNS], now="2017-03-03T09:30")

"""kill -9 between any two effects of a cycle; the next cycle ends where an undisturbed one ends."""

import pytest

from pipeline.demo.post_bag import BEFORE_CLOSING
from tests.line.disturbing import REACHED, UNCERTAIN, files_of
from tests.line.house import House, furnish
from tests.servers.dovecot import Dovecot
from tests.servers.smtp_sink import SmtpSink

# A question, a candidature with a document, its complement: three mails, two letters.
MAIL = BEFORE_CLOSING[:3]
KILLS = [*((point, 1) for point in REACHED), ("decide", 2), ("sent", 2)]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict:
    server = Dovecot()
    try:
        with SmtpSink() as sink:
            house = furnish(tmp_path_factory.mktemp("undisturbed"), server, sink)
            house.deliver(MAIL)
            done = house.once()
            assert (done.returncode, done.stderr) == (0, "")
            assert len(sink.taken) == 2
            return house.state()
    finally:
        server.stop()


@pytest.mark.parametrize(("point", "nth"), KILLS)
def test_killed_there_the_next_cycle_finishes_the_work(house: House, undisturbed: dict, point: str, nth: int) -> None:
    house.deliver(MAIL)
    before = house.dovecot.messages()
    killed = house.once(fault=f"{point}:{nth}:kill")
    assert killed.returncode == -9, f"{point} was not passed {nth} times: {killed.stderr}"

    again = house.once()
    assert again.returncode == 0, again.stderr
    assert house.state() == undisturbed
    assert house.dovecot.messages() == before
    expected = {letter: "sent" for _, _, _, letter in undisturbed["letters"]}
    states = house.letter_states()
    if point in UNCERTAIN:
        assert sorted(states.values()) == ["sent", "unknown"]
        unknown = next(letter for letter, state in states.items() if state == "unknown")
        assert sum(count for (letter, _), count in house.copies().items() if letter == unknown) == UNCERTAIN[point]
        assert "pas certain que ce courrier soit parti" in str(
            house.seen().sheets["candidatures"].rows[0].values["to_check"]
        )
    else:
        assert states == expected
        assert set(house.copies().values()) == {1}
        assert len(house.copies()) == 2

    files = files_of(house.folder / "sheets")
    third = house.once()
    assert (third.returncode, third.stdout) == (0, "Nothing new.\n")
    assert files_of(house.folder / "sheets") == files
    assert house.letter_states() == states

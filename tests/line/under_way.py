"""A call in the middle of its life, for what happens to it then."""

from pipeline.demo.post_bag import BEFORE_CLOSING
from pipeline.demo.staff import MEETINGS, type_into
from tests.builders import a_call
from tests.line.house import House


def under_way(house: House) -> House:
    """Three mails, two candidatures, one convoked; staff's words."""
    call = a_call()
    house.deliver(BEFORE_CLOSING[1:4])
    assert house.once().returncode == 0
    asked = {"V21-001": {"decision": "Retenu", "notes": "à appeler", "request": "Convocation"}}
    type_into(house.tracker, call, "candidatures", asked)
    type_into(house.tracker, call, "reunions", MEETINGS)
    assert house.once(now="2017-03-02T10:00").returncode == 0
    assert len(house.sink.taken) == 4
    return house

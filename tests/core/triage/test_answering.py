"""Who is answered at once, who is held for a person, who never is."""

from dataclasses import replace
from typing import Any

import pytest

from pipeline.core.message import Address, DeliveryReport, Message
from pipeline.core.triage import Nature, Verdict, reclassified, triage
from tests.core.triage.mails import TERNOIS, US, case, known, mail

FROM = "mairie-hesdin.example"
OTHER = Address("", "x@boite-libre.example")


def application(**changes: Any) -> Message:
    text = "Veuillez trouver ci-joint notre candidature à l'AMI Visions +21."
    return mail("Candidature Visions +21", text, documents=["c.pdf"], **changes)


def results(value: str) -> dict[str, Any]:
    return {"headers": {"Authentication-Results": value}}


ANSWERED: dict[str, dict[str, Any]] = {
    "a plain mail": {},
    "an imported mail": {"return_path": None},
    "wants a receipt": {"headers": {"Disposition-Notification-To": "x@y.example"}},
    "DR, RN": {"headers": {"X-Auto-Response-Suppress": "DR, RN"}},
    "said to be human": {"headers": {"Auto-Submitted": "no (typed)"}},
    "copied to us": {"to": (Address("", "maire@x.example"),), "cc": (US,)},
    "no policy": results("mx.cerdd.org; spf=pass smtp.mailfrom=mairie-hesdin.example; dmarc=none"),
    "another server's word": results("mx.other.example; dmarc=fail"),
    "below the same domain": {"return_path": f"envois@mail.{FROM}"},
    "signed by a provider": {
        "return_path": "bounce+12@routeur.example",
        **results(f"mx.cerdd.org; spf=pass smtp.mailfrom=routeur.example; dkim=pass header.d={FROM}"),
    },
    "rewritten by a forwarder": {"return_path": f"SRS0=ab=cd={FROM}=n.lefebvre@relais.example"},
    "a colleague answers": {"reply_to": (Address("", f"dgs@{FROM}"),)},
}
NEVER: dict[str, dict[str, Any]] = {
    "null return path": {"return_path": ""},
    "two authors": {"senders": (Address("a", "a@x.example"), Address("b", "b@x.example"))},
    "no author": {"senders": ()},
    "no address": {"sender": "mairie"},
    "an address that no mail can bear": {"sender": f"mairie.@{FROM}"},
    "an accent in the address": {"sender": f"hélène@{FROM}"},
    "no-reply": {"sender": f"noreply@{FROM}"},
    "ne-pas-repondre": {"sender": f"ne-pas-repondre@{FROM}"},
    "notification": {"sender": f"notifications@{FROM}"},
    "suppressed": {"headers": {"X-Auto-Response-Suppress": "All"}},
    "suppressed in part": {"headers": {"X-Auto-Response-Suppress": "OOF, AutoReply"}},
    "postmaster in two words": {"sender": f"post_master@{FROM}"},
    "a mail gateway": {"sender": f"e500_smtp_mail_service@{FROM}"},
    "a list's owner": {"sender": f"agenda+owner@{FROM}"},
    "a list's requests": {"sender": f"agenda-request@{FROM}"},
    "a list's bounces": {"sender": f"agenda-bounces+12@{FROM}"},
    "a loop": {"headers": {"X-Loop": "x@y.example"}},
}
# What is no candidature to begin with; staff may take it for one.
MACHINES: dict[str, dict[str, Any]] = {
    "a report": {"content_type": "multipart/report"},
    "a delivery report": {"report": DeliveryReport(False)},
    "a complaint": {"content_type": "message/feedback-report"},
    "an old responder": {"headers": {"X-Autorespond": "Absent"}},
    "an Exchange responder": {"headers": {"X-POST-MessageClass": "9; Autoresponder"}},
    "a responder by its preference": {"headers": {"Preference": "auto_reply"}},
}
HELD: dict[str, dict[str, Any]] = {
    "forged": results(f"mx.cerdd.org; dmarc=fail (p=REJECT) header.from={FROM}"),
    "SPF and DKIM fail": results("mx.cerdd.org; spf=fail smtp.mailfrom=x.example; dkim=fail"),
    "other return path": {"return_path": "www-data@vps.example"},
    "answers elsewhere": {"reply_to": (OTHER,)},
    "another address as name": {"name": "dgs@ville-lens.example"},
    "blind copy": {"to": ()},
    "to a list": {"to": (US, Address("", "tous@listes.x.example"))},
    "to everybody": {"cc": tuple(Address("", f"a{n}@x.example") for n in range(40))},
    "spam": {"headers": {"X-Spam-Status": "Yes, score=7.9"}},
}


@pytest.mark.parametrize("changes", ANSWERED.values(), ids=ANSWERED)
def test_a_person_is_answered(changes: dict[str, Any]) -> None:
    assert triage(case(application(**changes))).answer == "accuse_reception"


@pytest.mark.parametrize("changes", [*NEVER.values(), *HELD.values()], ids=[*NEVER, *HELD])
def test_a_doubtful_sender_is_recorded_and_not_answered(changes: dict[str, Any]) -> None:
    verdict = triage(case(application(**changes)))
    assert (verdict.nature, verdict.answer) == ("candidature", None)
    assert verdict.to_check[-1].startswith("Accusé non envoyé\u00a0: ")
    assert verdict.why[-1] == verdict.to_check[-1]


@pytest.mark.parametrize("changes", HELD.values(), ids=HELD)
def test_staffs_word_releases_what_was_held(changes: dict[str, Any]) -> None:
    one = case(application(**changes))
    assert reclassified(one, Nature.CANDIDATURE, triage(one)).answer == "accuse_reception"


@pytest.mark.parametrize("changes", [*NEVER.values(), *MACHINES.values()], ids=[*NEVER, *MACHINES])
def test_even_staffs_word_makes_nobody_answer_a_machine(changes: dict[str, Any]) -> None:
    one = case(application(**changes))
    assert reclassified(one, Nature.CANDIDATURE, triage(one)).answer is None


def test_only_our_servers_topmost_header_counts() -> None:
    headers = (
        ("authentication-results", "mx.cerdd.org; dmarc=fail header.from=x.example"),
        ("authentication-results", "mx.cerdd.org; dmarc=pass header.from=x.example"),
    )
    assert triage(case(replace(application(), headers=headers))).answer is None
    assert triage(case(replace(application(), headers=headers[::-1]))).answer == "accuse_reception"


def test_staff_make_a_doubt_a_complement_of_the_candidature_it_is_about() -> None:
    one = case(mail("Merci", "Voir ci-dessous.", sender="marc.delattre@ternoiscom.example"), known=known(TERNOIS))
    verdict = reclassified(one, Nature.COMPLEMENT, triage(one))
    assert (verdict.nature, verdict.number, verdict.answer) == ("complement", "V21-004", "accuse_complement")
    assert verdict.why == ("Classé par l'équipe\u00a0: Complément.",)


def test_staff_make_anything_unrelated() -> None:
    one = case(application())
    assert reclassified(one, Nature.UNRELATED, triage(one)) == Verdict(
        Nature.UNRELATED, ("Classé par l'équipe\u00a0: Ignorer.",)
    )

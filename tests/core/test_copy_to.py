import pytest

from pipeline.core.applicant import Person
from pipeline.core.copy_to import copies, not_addresses, remark
from tests.builders import a_candidature, a_request


def with_copies(cell):
    return a_candidature(staff={"copy_to": cell})


@pytest.mark.parametrize(
    ("cell", "addresses", "others"),
    [
        ("", (), ()),
        ("DGS <dgs@t.fr>; marc@ternois.example, maire@t.fr", ("dgs@t.fr", "maire@t.fr"), ()),
        ("dgs@t.fr\nmaire@t.fr elu@t.fr/paul@t.fr", ("dgs@t.fr", "maire@t.fr", "elu@t.fr", "paul@t.fr"), ()),
        ("DGS@T.fr ; dgs@t.fr", ("dgs@t.fr",), ()),
        ('"Petit, Anne" <anne@t.fr>, Flandre et Lys <lys@t.fr>', ("anne@t.fr", "lys@t.fr"), ()),
        ("'anne@t.fr' <anne@t.fr>", ("anne@t.fr",), ()),
        ("M. Paul Noir paul@t.fr et anne@t.fr (DGS)", ("paul@t.fr", "anne@t.fr"), ()),
        ("DGS (dgs@t.fr), mailto:elu@t.fr.", ("dgs@t.fr", "elu@t.fr"), ()),
        ("dgs@t.fr\u200b", ("dgs@t.fr",), ()),
        ("-", (), ()),
        ("(mairie)", (), ("(mairie)",)),
        ("mairie-arras", (), ("mairie-arras",)),
        ("la mairie, dgs@t.fr", ("dgs@t.fr",), ("la mairie",)),
        ("dgs@t.fr et la mairie", ("dgs@t.fr",), ("la mairie",)),
        ("la mairie et dgs@t.fr", ("dgs@t.fr",), ("la mairie",)),
        ("mairie.arras.fr dgs@t.fr", ("dgs@t.fr",), ("mairie.arras.fr",)),
        ("DGS <dgs>, maire@t.fr", ("maire@t.fr",), ("dgs",)),
        ("maire@ternois, hélène@t.fr; a..b@t.fr", (), ("maire@ternois", "hélène@t.fr", "a..b@t.fr")),
        ("maire @ t.fr", (), ("maire @ t.fr",)),
        ("maire@t,fr", (), ("maire@t", "fr")),
        ("la mairie et le CCAS et Anne Petit anne@t.fr", ("anne@t.fr",), ("la mairie le CCAS",)),
        ("la mairie ET Anne Petit anne@t.fr", ("anne@t.fr",), ("la mairie",)),
        ("la mairie.arras.fr et anne@t.fr", ("anne@t.fr",), ("la mairie.arras.fr",)),
        ("dgs@t.fr; (mairie) ", ("dgs@t.fr",), ("(mairie)",)),
        ("dgs@t.fr <maire@t>", ("dgs@t.fr",), ("maire@t",)),
    ],
)
def test_each_word_of_copie_a_is_an_address_or_the_name_of_one_or_is_told(cell, addresses, others):
    assert (copies(with_copies(cell)), not_addresses(with_copies(cell))) == (addresses, others)


def test_what_is_no_address_is_said_of_the_row_once():
    assert remark(with_copies("dgs@t.fr"), ()) == ""
    one, two = with_copies("dgs@t.fr, mairie"), with_copies("mairie, maire@t")
    assert remark(one, ()) == "Copie à\u00a0: « mairie » n'est pas une adresse valide."
    assert remark(two, ()) == "Copie à\u00a0: « mairie » et « maire@t » ne sont pas des adresses valides."
    assert remark(with_copies("m" * 61), ()) == f"Copie à\u00a0: « {'m' * 60}… » n'est pas une adresse valide."
    stopped = a_request(blocked="dans la colonne Copie à, « mairie » n'est pas une adresse valide.")
    assert remark(one, (a_request(blocked="la colonne Courriel est vide."),)) == remark(one, ())
    assert remark(one, (stopped,)) == ""
    assert remark(one, (a_request(state="cancelled", blocked=stopped.blocked),)) == remark(one, ())


@pytest.mark.parametrize("contact", ["Marc@Ternois.example", " marc@ternois.example\u00a0"])
def test_who_is_the_contact_already_receives_no_copy_however_the_address_was_typed(contact):
    candidature = a_candidature(staff={"copy_to": "MARC@ternois.example, dgs@t.fr"}, contact=Person(email=contact))
    assert copies(candidature) == ("dgs@t.fr",)

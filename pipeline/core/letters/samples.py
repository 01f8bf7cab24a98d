"""Sample values for every letter: what `check` and the golden files render. Invented people, an invented call."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pipeline.core.applicant import Person
from pipeline.core.call import Call, Contact, Legal
from pipeline.core.candidature import Candidature, MeetingPlan
from pipeline.core.letters.kinds import LETTERS, Asked
from pipeline.core.letters.staff import Section, alert_values, digest_values
from pipeline.core.letters.values import Occasion, values_for

_ZONE = ZoneInfo("Europe/Paris")
_CALL = Call(
    code="exemple-2017",
    prefix="EX",
    title="Construire une vision partagée de son territoire",
    short_title="Visions partagées",
    opens=date(2016, 12, 1),
    closes=date(2017, 2, 28),
    places_min=2,
    places_max=3,
    keywords=("visions partagées",),
    regions=("32",),
    contact=Contact(
        name="Camille Lefebvre",
        role="Responsable des territoires durables",
        organisation="Agence de l’Exemple",
        email="appels@agence.example",
        phone="03 21 00 00 00",
        address="1, place de l’Exemple\n62000 Arras",
    ),
    zone=_ZONE,
    required_documents=("lettre de candidature",),
    announcement_url="https://agence.example/appel",
)
_MEETINGS = (
    MeetingPlan("prep-1", "Première réunion préparatoire", date(2017, 3, 7), "14:00", "17:00", "Base 11/19", "Loos"),
    MeetingPlan("prep-2", "Deuxième réunion préparatoire", date(2017, 4, 6), sequence=1),
)
_CANDIDATURE = Candidature(
    call=_CALL.code,
    number="EX-003",
    received=datetime(2017, 2, 27, 23, 58, tzinfo=_ZONE),
    in_time=True,
    collectivite="Communauté de communes de l’Exemple",
    contact=Person("Hélène Carpentier", "Directrice générale des services", "h.carpentier@cc-exemple.example"),
)
_FULL = Occasion(
    now=datetime(2017, 2, 28, 9, 5, tzinfo=_ZONE),
    pieces=("Lettre de candidature.pdf", "Présentation du territoire.docx"),
    meetings=_MEETINGS,
    missing=("Lettre signée par l’élu référent", "Délibération"),
    reply_by=date(2017, 3, 14),
    cancelled=(MeetingPlan("prep-3", "Troisième réunion préparatoire", date(2017, 5, 4), cancelled=True),),
    reason="le projet de territoire n’est pas en révision.",
    attachments=("Charte des lauréats.pdf",),
)
_LEGAL = Legal(
    *("Pôle des territoires durables", "03 21 00 00 00", "appels@agence.example", "", "rejection", 2),
    *("Cette décision peut être contestée devant le tribunal administratif dans les deux mois.", "l’Agence"),
    *("instruire les candidatures", "mission d’intérêt public", "l’équipe de l’Agence", "dpo@agence.example"),
)
_SECTIONS = (
    Section("Nouvelles candidatures", ("EX-003 – Communauté de communes de l’Exemple, reçue le 27 février 2017",)),
    Section("À vérifier", ("EX-002 – collectivité à préciser", "EX-001 – adresse à corriger")),
    Section("Rien ici", ()),
)


def sample_values(letter: str) -> tuple[dict[str, object], ...]:
    """Values for that letter, from the fullest case to the barest: a template that renders them all can leave."""
    now = _FULL.now
    if LETTERS[letter].asked is Asked.TO_STAFF:
        build = alert_values if letter == "alerte" else digest_values
        return build("Visions partagées", _SECTIONS, now), build("Visions partagées", (), now)
    return (
        values_for(_CALL, _CANDIDATURE, _FULL),
        values_for(replace(_CALL, legal=_LEGAL), _CANDIDATURE, replace(_FULL, meetings=(), reply_by=None)),
        values_for(
            _CALL, _CANDIDATURE, replace(_FULL, now=datetime(2017, 3, 3, 9, tzinfo=_ZONE), meetings=_MEETINGS[:1])
        ),
        values_for(_BARE_CALL, _BARE, Occasion(now=now, meetings=_MEETINGS[1:])),
        values_for(_BARE_CALL, replace(_BARE, by_hand=True), Occasion(now=now)),
    )


_BARE_CALL = replace(
    _CALL,
    contact=Contact(name="Camille Lefebvre"),
    places_min=0,
    places_max=0,
    required_documents=(),
    announcement_url="",
)
_BARE = Candidature(call=_CALL.code, number="EX-004", received=None, in_time=None)

"""What a verdict makes of a candidature: opened, completed, withdrawn. Pure; storing is left to `reading`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pipeline.core.applicant import Person
from pipeline.core.arrival import FROM_ARCHIVE, IMPORTED, RECORDED_ONLY, Arrival, LoggedMessage, as_read
from pipeline.core.call import Call
from pipeline.core.candidature import Candidature, Status
from pipeline.core.complements import proposal
from pipeline.core.french import moment
from pipeline.core.letters import lines_of
from pipeline.core.message import Message
from pipeline.core.verdict import Verdict

if TYPE_CHECKING:  # their package reads names: too much for those who only look at a doubt
    from pipeline.core.territory import Collectivite, Identification

DISAGREEMENT = timedelta(minutes=10)
UNDATED = "ce fichier ne dit pas quand un serveur l'a reçu"
NOT_WITHDRAWN = "Le message de retrait a été reclassé\u00a0: cette candidature est de nouveau suivie."


@dataclass(frozen=True)
class Study:
    """What a mail tells of who writes: the collectivité, the person, and the texts that were read for it.

    The person is looked for when a candidature is opened: nothing else asks who writes.
    """

    identification: Identification
    person: Person = Person()
    document_texts: tuple[str, ...] = ()

    @property
    def siren(self) -> str:
        return self.identification.collectivite.siren if self.identification.collectivite else ""

    @property
    def likely_siren(self) -> str:
        """The SIREN, or that of the only collectivité that it may be; "" where there are several, or none."""
        likely = self.identification.candidates
        return self.siren or (likely[0].siren if len(likely) == 1 else "")


def opened(call: Call, arrival: Arrival, message: Message, study: Study, verdict: Verdict) -> Candidature:
    """A new candidature, not yet numbered."""
    candidature = Candidature(
        call.code,
        "",
        arrival.received,
        None if is_undated(call, arrival, message) else call.is_in_time(arrival.received),
        in_region=study.identification.in_region,
        contact=study.person,
        subject=message.subject,
        to_check=(*verdict.to_check, *doubts(call, arrival, message, study)),
    )
    if study.identification.collectivite:
        return located(candidature, study.identification.collectivite, study.identification.in_region)
    return replace(candidature, collectivite=study.identification.organisation_name)


def located(candidature: Candidature, place: Collectivite, in_region: bool | None) -> Candidature:
    """The candidature with everything the reference list says of its collectivité."""
    return replace(
        candidature,
        collectivite=place.name,
        kind=place.kind,
        siren=place.siren,
        insee=place.insee,
        departements=place.departements,
        population=place.population,
        in_region=in_region,
    )


def completed(candidature: Candidature, study: Study, message: Message, verdict: Verdict) -> Candidature:
    """A candidature that one more mail completes: only what was unknown is filled in."""
    place = study.identification.collectivite
    if place and not candidature.siren:
        candidature = located(candidature, place, study.identification.in_region)
    missing = lines_of(candidature.staff.get("missing", ""))
    left = proposal(missing, [document.name for document in message.documents])
    return with_doubts(candidature, *verdict.to_check, *message.warnings, *filter(None, [left]))


def withdrawn(candidature: Candidature, received: datetime, call: Call) -> Candidature:
    """A candidature whose author withdraws it; what follows is staff's decision."""
    if candidature.status is Status.OPEN:
        candidature = candidature.moved(Status.WITHDRAWN)
    return with_doubts(candidature, withdrawal_asked(received, call))


def withdrawal_asked(received: datetime, call: Call) -> str:
    """What is said of a candidature that a mail of that moment withdraws."""
    return f"Retrait demandé {moment(received.astimezone(call.zone))}."


def followed_again(candidature: Candidature) -> Candidature:
    """A candidature that had been withdrawn, and of which no mail is a withdrawal any more."""
    if candidature.status is not Status.WITHDRAWN:
        return candidature
    return with_doubts(candidature.moved(Status.OPEN), NOT_WITHDRAWN)


def with_doubts(candidature: Candidature, *sentences: str) -> Candidature:
    """The candidature with sentences added to what a person should look at, each once."""
    return replace(candidature, to_check=tuple(dict.fromkeys((*candidature.to_check, *sentences))))


def without_doubt(candidature: Candidature, sentence: str) -> Candidature:
    """The candidature without a sentence that is no longer so."""
    return replace(candidature, to_check=tuple(one for one in candidature.to_check if one != sentence))


def doubts(call: Call, arrival: Arrival, message: Message, study: Study) -> tuple[str, ...]:
    """What a person should look at in a new candidature, in French."""
    return (
        *collectivite_doubts(study.identification),
        *out_of_region(study.identification),
        *deadline_doubt(call, arrival, message),
        *message.warnings,
    )


def collectivite_doubts(found: Identification) -> tuple[str, ...]:
    if found.collectivite is None:
        return (found.why,)
    return (f"Nommée par un ancien nom\u00a0: «\u00a0{found.former_name}\u00a0».",) if found.former_name else ()


def out_of_region(found: Identification) -> tuple[str, ...]:
    if found.collectivite and found.in_region is False:
        return ("Collectivité hors de la région de l'appel.",)
    return ()


def is_undated(call: Call, arrival: Arrival, message: Message) -> bool:
    """Whether nothing tells if a mail is in time: it came as a file, or from the archive of a lost ledger, after the
    deadline, and no server says when it received it."""
    came_as_file = arrival.source.startswith((f"{IMPORTED}: ", f"{RECORDED_ONLY}: ")) or arrival.source == FROM_ARCHIVE
    return came_as_file and message.received is None and not call.is_in_time(arrival.received)


def deadline_doubt(call: Call, arrival: Arrival, message: Message) -> tuple[str, ...]:
    """When another clock would decide otherwise than the server's at reception (contract section 3), or none can."""
    if is_undated(call, arrival, message):
        said = f"\u00a0; son en-tête Date indique {moment(message.date.astimezone(call.zone))}" if message.date else ""
        return (f"Délai à vérifier\u00a0: {UNDATED}{said}.",)
    for name, claim in (("son en-tête Date", message.date), ("le serveur d'arrivée", message.received)):
        if claim is None or abs(claim - arrival.received) <= DISAGREEMENT:
            continue
        if call.is_in_time(claim) != call.is_in_time(arrival.received):
            said, kept = (moment(at.astimezone(call.zone)) for at in (claim, arrival.received))
            return (f"Délai à vérifier\u00a0: reçu {kept}, mais {name} indique {said}.",)
    return ()


def logged(arrival: Arrival, message: Message, verdict: Verdict, number: str) -> LoggedMessage:
    """The row of the log for a mail that was read and judged."""
    return replace(
        as_read(arrival, message),
        nature=verdict.nature,
        call=verdict.call,
        number=number,
        answer=verdict.answer,
        why=verdict.why,
    )

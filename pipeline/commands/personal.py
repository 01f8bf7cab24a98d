"""All that is held about one person, as a zip file that they can read (RGPD, article 15)."""

from collections.abc import Iterator
from datetime import tzinfo

from pipeline.commands.dossier import as_json, frozen_letters, mails_and_pieces, told, zipped
from pipeline.core import french
from pipeline.core.candidature import corrected
from pipeline.core.envois import WORDS
from pipeline.core.export import candidature_json, letter_json, message_json
from pipeline.core.letters import LETTERS
from pipeline.core.rows import NATURES
from pipeline.held import Held, held_about
from pipeline.ports import Office

LOOK_AGAIN = "Whether it names the person is not known: export again once it is restored."
README = """Données détenues au sujet de {address}
Établi le {day}.

donnees.txt        l'essentiel : candidatures, messages, courriers
donnees.json       les candidatures où cette personne figure, ses messages, les courriers qui lui ont été envoyés,
                   et les messages d'autres personnes où son adresse figure
messages/          les messages qu'elle a écrits, tels qu'ils sont arrivés
pieces/            les documents joints à ces messages
courriers/         les courriers envoyés à cette adresse, tels qu'ils sont partis
journal.txt        ce qui a été noté à son sujet : quand, par qui, pourquoi
journal.json       le même, avec l'empreinte de chaque ligne
empreintes.txt     l'empreinte SHA-256 de chaque fichier

Ne figurent pas ici : la boîte aux lettres elle-même et son dossier des messages envoyés, les sauvegardes faites en
dehors de l'assistant, les colonnes et les feuilles que l'équipe a ajoutées au tableau de suivi.
Les messages d'autres personnes ne sont pas joints : ils contiennent aussi leurs données.
"""


def data_of(office: Office, address: str, troubles: list[str]) -> bytes | None:
    """The zip file's bytes, None when nothing is held; mails that cannot be read any more are among the `troubles`."""
    held = held_about(office, address)
    troubles += [f"{fault} {LOOK_AGAIN}" for fault in held.unread]
    return None if held.is_nothing else zipped(dict(_files(office, held, troubles)))


def _files(office: Office, held: Held, troubles: list[str]) -> Iterator[tuple[str, bytes]]:
    zone = office.calls[0].zone
    day = french.day(office.clock.now().astimezone(zone))
    yield "LISEZ-MOI.txt", french.typography(README.format(address=held.who.address, day=day)).encode()
    facts = {
        "adresse": held.who.address,
        "noms": list(held.who.names),
        "candidatures": [
            {
                **candidature_json(corrected(one), zone),
                "corrections": one.corrections,
                "staff": one.staff,
            }
            for one in held.candidatures
        ],
        "messages": [message_json(one, (), zone) for one in held.mails],
        "courriers": [letter_json(one, zone) for one in held.letters],
        "courriers à d'autres, où la personne est nommée": [letter_json(one, zone) for one in held.naming],
        "messages d'autres personnes, où son adresse figure": [
            {
                key: value
                for key, value in message_json(one, (), zone).items()
                if key in ("received", "sha256", "nature")
            }
            for one in held.mentions
        ],
    }
    yield "donnees.txt", french.typography("\n".join(_lines(held, zone))).encode()
    yield "donnees.json", as_json(facts)
    pieces = [piece for one in held.candidatures for piece in one.pieces]
    yield from mails_and_pieces(office, held.mails, pieces, troubles)
    yield from frozen_letters(office, held.letters)
    yield from told(held.events, zone)


def _lines(held: Held, zone: tzinfo) -> Iterator[str]:
    """The essentials, for a person to read."""
    for one in map(corrected, held.candidatures):
        contact = one.contact
        yield f"Candidature {one.number} – {one.collectivite or 'collectivité non reconnue'}"
        yield f"  Contact : {', '.join(filter(None, (contact.name, contact.role, contact.email, contact.phone)))}"
        yield f"  Objet : {one.subject}"
        yield f"  Décision : {one.staff.get('decision', '') or 'aucune'}"
    yield "Messages reçus de cette adresse"
    for mail in held.mails:
        nature = NATURES.get(mail.nature, mail.nature)
        yield f"  {mail.arrival.received.astimezone(zone):%d/%m/%Y %H:%M}  {nature} : {mail.subject}"
    yield "Courriers envoyés à cette adresse"
    for letter in held.letters:
        moment = f"{(letter.sent or letter.created).astimezone(zone):%d/%m/%Y %H:%M}"
        yield f"  {moment}  {LETTERS[letter.key.letter].label} ({WORDS[letter.state]}) : {letter.subject}"
    yield ""

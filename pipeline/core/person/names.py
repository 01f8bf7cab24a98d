"""Names of people: telling them from names of offices, and writing them as a person would."""

import re
from collections.abc import Iterable
from functools import lru_cache

from pipeline.core.folding import fold, fold_word
from pipeline.core.personal_names import PARTICLES, WORD
from pipeline.core.personal_names import is_personal as is_personal

_CIVILITY = re.compile(
    r"^(?:M\.|Mr\.?|Mme\.?|Mlle\.?|MM\.|Dr\.?|Me\.?|Monsieur|Madame|Mademoiselle|Docteur|Maître|P/?[oO]\.?|Pour)\s+",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*[(\[{].*$|\s+(?:via|par|pour|chez)\s.*$|\s+[-–—|/]\s+.*$|\s*[|•].*$|\s*<.*$", re.IGNORECASE)
LINES = 64  # that are remembered: those of a signature are looked at several times
_LONGEST = 200  # characters of a display name or of a line
# Enough to tell "Delattre Marc" from "Marc Delattre"; a name that is not here is settled by the other signs.
_FIRST_NAMES = """
    adele adeline adrien agathe agnes ahmed aicha alain alban albert alexandra alexandre alexis alice aline alix
    amandine amelie amina anais andre andree angele angelique anissa anita ann anna anne annick annie anouk anthony
    antoine antoinette ariane armand armelle arnaud arthur astrid aude audrey augustin aurelia aurelie aurelien axel
    aymeric baptiste barbara bastien beatrice benedicte benjamin benoit bernadette bernard bertrand blandine boris
    brigitte bruno camille carine carole caroline catherine cecile cedric celia celine chantal charles charlene
    charline charlotte chloe christel christelle christian christiane christine christophe claire clara clarisse
    claude claudette claudie claudine clemence clement clementine clotilde colette colin coralie corentin corinne
    cynthia cyril cyrille damien daniel daniele danielle dany david deborah delphine denis denise diane didier
    dimitri djamila dominique dorian dorothee dylan edith edouard edwige eleonore elena eliane elise elisabeth
    elodie eloise elsa emeline emeric emilie emilien emma emmanuel emmanuelle eric erika ernest estelle esther
    etienne eugenie eva evelyne fabien fabienne fabrice fanny farid fatima fatiha faustine felix fernand fiona
    flavie flavien flora florence florent florian florine franck francine francis francois francoise frank freddy
    frederic frederique gabriel gabrielle gael gaelle gaetan gaston gautier genevieve geoffrey george georges gerald
    geraldine gerard germain ghislain ghislaine gilbert gilberte gilles ginette gisele guillaume gustave guy
    guylaine gwenaelle hakim hamid hamza hassan helene henri henriette herve hicham hortense hubert hugo hugues
    ibrahim ines ingrid irene iris isabelle ismael jacky jacqueline jacques jamel jean jeanne jeannine jennifer
    jeremy jerome jessica jihane joachim joel joelle johan johann johanna john jonathan jordan joris jose joseph
    josette josiane joyce judith jules julia julie julien juliette justin justine kader kamel karen karim karima
    karine kathleen kathy katia kelly kevin khadija khaled laetitia laura laure laurence laurent laurie lea leila
    lena leo leon leonie leslie lidia lilian lina linda line lionel lisa lise loic lola lorraine louis louise luc
    lucas lucette lucie lucien lucienne ludivine ludovic lydia lydie lyne madeleine maelle magali malika manon
    manuel manuela marc marcel marcelle margaux margot marguerite maria marianne marie mariella marielle marina
    marine marion marius marjorie marlene marthe martial martin martine maryline maryse maryvonne mathias mathieu
    mathilde matthias matthieu maud maurice maxence maxime maximilien melanie melissa mehdi michael michel michele
    micheline mickael mireille mohamed mohammed monique morgan morgane mourad muriel mustapha myriam nabil nadege
    nadia nadine naima nassim natacha nathalie nathan nelly nicolas nicole nina noel noelle nora norbert nordine
    odette odile olga olivia olivier ophelie oriane oscar pascal pascale patrice patricia patrick paul paule
    paulette pauline perrine peggy philippe pierre pierrick priscilla quentin rachel rachid rachida raphael
    raphaelle raymond raymonde rebecca regine regis reine remi remy renaud rene renee richard robert robin rodolphe
    rodrigue roger roland rolande romain romane romuald ronan rosalie rose roselyne roxane sabine sabrina said
    salima sam samia samir samira samuel sandra sandrine sandy sara sarah sebastien serge severine sylvain sylvaine
    sylvette sylvie simon simone solange solene sonia sophie soraya stanislas stella stephane stephanie steve steven
    suzanne sybille tanguy tatiana theo theophile therese thibault thibaut thierry thomas tiffany timothee tony
    tristan valentin valentine valerie vanessa vera veronique victor victoire victoria vincent violaine violette
    virginie vivien viviane wilfried william xavier yacine yann yannick yasmina yasmine yoann yohan yohann yolande
    youcef youssef yvan yves yvette yvon yvonne zoe zohra
"""
FIRST_NAMES = frozenset(_FIRST_NAMES.split())


def words_of(name: str) -> frozenset[str]:
    """The folded words of a name, compounds cut."""
    return frozenset(re.findall(r"[a-z]{2,}", fold(name)))


@lru_cache(maxsize=LINES)
def bare(name: str) -> str:
    """A display name or a line without civility, address or what follows in brackets or after a dash."""
    text = name[:_LONGEST].strip(" \t\u00a0*\"'“”«».,;:_-")
    if "@" in text.split(" ")[0]:
        return ""
    text = _ASIDE.sub("", text)
    while _CIVILITY.match(text):
        text = _CIVILITY.sub("", text, count=1)
    return text.strip(" \t,.;:\"'«»")


def is_surely_personal(text: str, known: frozenset[str] = frozenset()) -> bool:
    """Whether a line of a signature is a name: capitals as in a name, and a first name, a surname in capitals, or a
    word that the sender's name or address has too."""
    if not is_personal(text):
        return False
    words = text.replace(",", " ").split()
    significant = [word for word in words if fold_word(word) not in PARTICLES]
    if any(word[0].islower() for word in significant):
        return bool(known) and words_of(text) <= known
    first = {fold_word(part) for word in (significant[0], significant[-1]) for part in re.split(r"[-.]", word)}
    capitals = [word for word in significant if len(word) > 1 and word.isupper()]
    return bool(first & FIRST_NAMES or 0 < len(capitals) < len(significant) or words_of(text) & known)


def is_shortened(name: str, full: str) -> bool:
    """Whether a name is the other one with words cut short: "Ph. Delcroix" for "Philippe Delcroix"."""
    short, long = ([fold(word).strip(".") for word in one.split()] for one in (name, full))
    pairs = list(zip(sorted(short), sorted(long), strict=False))
    return short != long and len(short) == len(long) and all(whole.startswith(cut) for cut, whole in pairs)


def as_written(name: str, local_part: str = "") -> str:
    """The name as a person writes it, first name first: "CARPENTIER Hélène" → "Hélène Carpentier"."""
    text = bare(name)
    if "," in text:
        surname, _, first = text.partition(",")
        text = f"{first.strip()} {surname.strip()}"
        return " ".join(_cased(word) for word in text.split())
    words = text.split()
    surname_first = _surname_words(words, local_part)
    if surname_first:
        words = words[surname_first:] + words[:surname_first]
    return " ".join(_cased(word) for word in words)


def _surname_words(words: list[str], local_part: str) -> int:
    """How many words at the beginning are the surname, 0 when the first name stands first."""
    capitals = 0
    while capitals < len(words) and words[capitals].isupper() and len(words[capitals]) > 1:
        capitals += 1
    if 0 < capitals < len(words):
        return capitals
    if len(words) < 2:
        return 0
    begins, ends = _is_first_name(words[0]), _is_first_name(words[-1])
    if ends and not begins:
        return len(words) - 1
    if begins and ends:
        # "Martin Laurent": the address tells, "l.martin@" or "laurent.martin@".
        local = re.split(r"[._-]", fold(local_part))
        if len(local) == 2 and local[1] == fold(words[0]) and fold(words[-1]).startswith(local[0]):
            return len(words) - 1
    return 0


def _is_first_name(word: str) -> bool:
    return re.split(r"[-.]", fold(word))[0] in FIRST_NAMES


def _cased(word: str) -> str:
    if fold(word) in PARTICLES and not word[0].isupper():
        return word
    mixed = not (word.isupper() or word.islower())
    if mixed and word[0].isupper():
        return word
    return re.sub(r"[^\W\d_]+", lambda part: part.group().capitalize(), word)


def best_accented(name: str, texts: Iterable[str]) -> str:
    """The name with the accents that one of the texts gives it ("gerard lemaitre" beside "Gérard Lemaitre")."""
    words = name.split()
    for text in texts:
        written = {
            fold_word(found): found for found in WORD.findall(text) if not found.isascii() and not found.islower()
        }
        words = [_cased(written.get(fold_word(word), word)) if word.isascii() else word for word in words]
    return " ".join(words)

"""Names of people: telling them from names of offices, and writing them as a person would."""

import re
from collections.abc import Iterable
from functools import lru_cache

from pipeline.core.folding import fold, fold_word
from pipeline.core.personal_names import PARTICLES, WORD, is_personal

_CIVILITY = re.compile(
    r"^(?:M\.|Mr\.?|Mme\.?|Mlle\.?|MM\.|Dr\.?|Me\.?|Monsieur|Madame|Mademoiselle|Docteur|Maître|P/?[oO]\.?|Pour)\s+",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*[(\[{].*$|\s+(?:via|par|pour|chez)\s.*$|\s+[-–—|/]\s+.*$|\s*[|•].*$|\s*<.*$", re.IGNORECASE)
LINES = 64  # that are remembered: those of a signature are looked at several times
_LONGEST = 200  # characters of a display name or of a line
# Enough to tell "Delattre Marc" from "Marc Delattre"; a name that is not here is settled by the other signs.
_FIRST_NAMES = """
    abdel abdelhak abdelkader abel achille adam adelaide adele adeline adolphe adrien agathe aglae agnes ahmed aicha
    aimee alain alban albert alexandra alexandre alexane alexia alexis alfred ali alice alienor aline alix alizee
    alphonse amandine amaury ambre amel amelia amelie ameline amina amine anais anastasia anatole andre andrea
    andree andy angela angele angelina angelique anissa anita ann anna annabel annabelle anne annick annie anouk
    anselme anthony antoine antoinette apolline ariane arielle aristide arlette armand armande armelle arnaud arsene
    arthur assia astrid athenais aude audrey augustin aure aurelia aurelie aurelien axel aymeric aymerick aziz
    azzedine babette bakary baptiste barbara basile bastien beatrice beatrix benedicte benjamin benoit benoite
    berengere berenice bernadette bernard berthe bertrand betty bianca blandine boris brice brieuc brigitte bruno
    calixte calliope camille candice capucine carine carla carlos carmen carole caroline caryl casimir cassandra
    cassandre catherine cecile cedric cedrick celestin celestine celia celine chafik chakib chantal chantale
    charlene charles charlie charline charlotte cherif chloe christel christelle christian christiane christine
    christophe chrystel chrystelle cindy claire clara clarence clarisse claude claudette claudie claudine clemence
    clement clementine cleo clotilde clovis colette colin constance constantin cora coralie coraline corentin
    corentine corinne cynthia cyprien cyriaque cyril cyrille dalila damien daniel daniele danielle dany daphne david
    deborah delphin delphine denis denise desiree diana diane didier diego dimitri dimitry dina djamel djamila
    dolores dominique domitille donatien dora dorian doriane dorothee dylan eddie eddy edgar edith edmee edmond
    edmonde edouard edwige edwin elea eleanor elena eleonore elia eliane elie eliette elina eliott elisabeth elise
    ella elodie eloise elsa elvire emeline emeric emile emilie emilien emilienne emma emmanuel emmanuelle emy enzo
    eric erick erika ernest ernestine erwan erwann esteban estelle esther ethan etienne etiennette eudes eugene
    eugenie eulalie eva evan evangeline eve eveline evelyne ezechiel fabien fabienne fabrice fadila faiza fanny
    farid farida fatiha fatima fatna fatoumata faustin faustine felicie felicien felicite felix ferdinand fernand
    fernande fethi fiona flavie flavien flavio flora florence florent florian floriane florine fouad fouzia franca
    franceline franciane francine francis franck francky francois francoise frank frantz freddy frederic frederick
    frederique gabin gabriel gabrielle gaby gael gaelle gaetan gaspard gaston gauthier gautier gena genevieve
    geoffrey george georges georgette georgina gerald geraldine gerard gerardine germain germaine gertrude ghania
    ghislain ghislaine gilbert gilberte gildas gilles gina ginette gino giovanni gisele giselle gladys glwadys
    gontran gonzague greg gregoire gregory guenael guenole guilhem guillaume guillemette guislain gustave guy
    guylaine gwenael gwenaelle gwendal gwendoline gwenola habib habiba hadrien hafid hafida hakim hamed hamid hamza
    hanane harold harry hassan hatem hector hedi helene heloise henri henriette herbert hermance hermine herve
    hicham hind honorine horace hortense houria hubert hugo hugues huguette ibrahim idir idriss ilan ilham ilyes
    imane ines ingrid irene irenee iris isaac isabel isabelle isaure isidore ismael ivan ivana jackie jacky
    jacqueline jacques jaime jamal jamel james jane janine jany jasmine jason jean jeanne jeannine jeff jennifer
    jenny jeremy jerome jessica jessie jessy jihane jimmy joachim joan joana joanna joao joaquim joceline jocelyn
    jocelyne joel joelle joffrey johan johann johanna johannes john johnny johny jonas jonathan jordan jordane joris
    jose joseph josephine josette josiane josselin josue josyane joyce juan juanita judicael judith jules julia
    juliana juliane julie julien juliette juline justin justine kader kamal kamel kamila karen karim karima karine
    katell kathleen kathy katia katy kelly keltoum kenny kenza kevin khadija khaled kilian killian kristell
    kristelle laetitia laila lamia lara larbi larissa latifa laura laure laureen laureline laurence laurent lauriane
    laurianne laurie laurine lea leana leandre leane leatitia leila lena leo leon leonard leonce leonie leontine
    leopold leslie leyla lidia lila lilian liliane lilou lily lina linda line lionel lisa lisbeth lise lisette loan
    loane loic loick lola lorenzo loris lorraine louis louise louisette louna lounes luc luca lucas lucette lucia
    luciana lucie lucien lucienne lucile lucille lucy ludivine ludmila ludovic luigi luis lukas luna lydia lydie
    lyes lylian lyne lysiane madeleine madjid mael maelle maelys maeva magali magalie magdalena mahmoud maite malek
    malik malika malvina manon mansour manuel manuela marc marcel marceline marcelle marcellin marco margaux
    margerie margot marguerite maria marialine marianne maribel marie mariella marielle mariette marilyn marilyne
    marina marine marino mario marion marissa marius marjolaine marjorie marlene marouane marta marthe martial
    martin martine marvin marylene maryline marylise maryse maryvonne massimo mathias mathieu mathilde matteo
    matthew matthias matthieu maud maurane maurice mauricette max maxence maxime maximilien mayeul mederic mehdi
    melaine melanie melina melissa mellie melodie mercedes meriem messaoud michael michaela michaelle michel michele
    micheline mickael mikael mike milene millicent mina mirabelle mireille miriam mohamed mohammed mohand moise mona
    monique morgan morgane mounia mounir mourad moussa muriel mustapha mylene myriam nabil nabila nadege nadia
    nadine nadir nael naim naima najat najib nasser nassera nassim nastasia natacha nathalie nathan nelly nestor
    nicaise nicolas nicole nicolle nils nina ninon noah noe noel noelie noella noelle noemi noemie nora norah
    norbert nordine noredine noureddine octave octavie odette odile odilon odon olga olivia olivier omar ombeline
    ondine ophelie oriane ornella oscar osmane othmane otto ouarda oumar pablo paola paolo paquita pascal pascale
    pascaline patrice patricia patrick patrik paul paula paule paulette paulin pauline pedro peggy pelagie penelope
    perrine petra philibert philippe philippine philomene pierre pierrette pierrick pierrot priscilla prune quentin
    rabah rachel rachid rachida rafael rafik ralph ramon ramzi raoul raphael raphaele raphaelle raymond raymonde
    rebecca reda redouane regine regis reine reinold remi remy renan renato renaud rene renee renelde reynald
    reynold riad ricardo richard rita robert roberta roberte robin rocco rodolph rodolphe rodrigue roger roland
    rolande romain romane romaric romuald romy ronald ronan rosa rosalie rosanne rose roseline roselyne rosemonde
    rosine rosita roxana roxane roxanne ruben rudy ruth ryan saad sabine sabrina sabrine sacha sadia safia said
    saida salah salem salima sally salome salvatore sam samantha sami samia samih samir samira sammy samuel samy
    sandra sandrine sandy sara sarah sarra sasha saskia saturnin savine scarlett sebastian sebastien selim selma
    septime seraphine serge servane severine shirley sidney sidonie sigismond silvana silvia silvio simon simone
    sixtine slimane sofia sofiane solal solange solene soline sonia sophie soraya souad stacy stan stanislas stanley
    steeve steevy stefan stella stephan stephane stephanie stephen steve steven suzanne suzelle suzette suzie sybil
    sybille sydney sylvain sylvaine sylvana sylvestre sylvette sylvia sylviane sylvie tanguy tarek tarik tatiana
    teddy telma teo tess tessa thais thea thelma theo theodora theodore theodule theophile therence therese thibault
    thibaut thiebaut thierry thiphaine thomas tifany tiffany tim timeo timothee timothy tina tino tiphaine titouan
    tobias tom toni tony tracy tristan trystan ulrich ulysse ursula valentin valentine valentino valerie valery
    vanessa vera veronique vianney vickie vicky victoire victor victoria vincent vincente violaine violetta violette
    virgile virginia virginie viridiana vitalie vivian viviane vivien vladimir wahid walid wassila wendy wilfrid
    wilfried william willy winnie wissam wladimir wolfgang xavier xaviere yacine yacinthe yael yamina yanis yann
    yannick yasin yasmina yasmine yassin yassine yoan yoann yoanna yohan yohann yohanna yolaine yolande youcef youri
    youssef ysabelle yvan yvelise yves yvette yvon yvonne yvonnick zacharie zaia zaid zakaria zara zineb zinedine
    zita zoe zohra zoubida zouhair
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
        surname, _, first = (part.strip() for part in text.partition(","))
        is_reversed = is_first_name(first.split(" ")[0]) or not is_first_name(surname.split(" ")[0])
        text = f"{first} {surname}" if is_reversed else surname
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
    ends_in_capitals = len(words[-1]) > 1 and words[-1].isupper() and not words[0].isupper()
    if len(words) < 2 or ends_in_capitals or fold(words[-2]) in PARTICLES:
        return 0
    begins, ends = is_first_name(words[0]), is_first_name(words[-1])
    if ends and not begins:
        return len(words) - 1
    if begins and ends:
        # "Martin Laurent": the address tells, "l.martin@" or "laurent.martin@".
        local = re.split(r"[._-]", fold(local_part))
        if len(local) == 2 and local[1] == fold(words[0]) and fold(words[-1]).startswith(local[0]):
            return len(words) - 1
    return 0


def is_first_name(word: str) -> bool:
    """Whether a word is a known first name, alone or at the head of a compound one."""
    return " " not in word and re.split(r"[-.]", fold(word))[0] in FIRST_NAMES


def with_surname(surname: str, text: str) -> list[str]:
    """The people of that surname whom a text names with their first name."""
    word = r"[^\W\d_]+(?:-[^\W\d_]+)*"
    either = rf"\b({word}) ({re.escape(surname)})\b|\b({re.escape(surname)}) ({word})\b"
    pairs = [match.groups() for match in re.finditer(either, text, re.IGNORECASE)]
    found = [(first or after, surname or before) for first, surname, before, after in pairs]
    return [f"{_cased(first)} {_cased(last)}" for first, last in found if is_first_name(first)]


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

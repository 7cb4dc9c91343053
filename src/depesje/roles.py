"""Role nouns: nouns that name people by what they are or do, and a person's role in the text around the name."""

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from depesje import lexicon
from depesje.names import demonyms, inflections, without_genitive

#: Parts of speech of the verbs and adjectives that look like role nouns (``leder``, ``verkelege``).
_NO_NOUN = ("VERB", "AUX", "ADJ")
#: A role after a name, or before a comma, is looked for within so many tokens.
_REACH = 12


@dataclass(frozen=True, slots=True)
class Role:
    """A role as the text gives it: its tokens ``start``–``end``, the head noun's base form, and the wording."""

    start: int
    end: int
    base: str
    text: str


@cache
def _forms(kind: str) -> dict[str, str]:
    """All forms of the nouns of one kind, each with its base form."""
    roles = lexicon.load("roles")
    table: dict[str, str] = {}
    for noun in roles[kind]:
        forms = {noun, *roles["irregular"].get(noun, ())}
        if noun not in roles["invariable"] and noun not in roles["irregular"]:
            forms.update(inflections(noun, noun in roles["neuter"]))
        for form in forms:
            table.setdefault(form, noun)
    return table


def office_nouns() -> dict[str, str]:
    """The forms of nouns for one person in an office, profession or relation, each with its base form."""
    return _forms("office")


def source_nouns() -> dict[str, str]:
    """The forms of nouns for unnamed sources and groups, each with its base form."""
    return _forms("source")


@cache
def role_nouns() -> frozenset[str]:
    """All listed forms (lower case, inflected) of the nouns that name people by role, such as ``talsmannen``."""
    return frozenset(office_nouns()) | frozenset(source_nouns())


@cache
def _longest_first() -> tuple[str, ...]:
    return tuple(sorted((f for f in role_nouns() if len(f) >= 4), key=len, reverse=True))


@cache
def role_base(word: str) -> str | None:
    """The indefinite singular of a role noun, or None for other words.

    Compounds count by their last part, if that has four letters or more.

    Examples
    --------
    >>> role_base("statsministeren"), role_base("byrådslederne"), role_base("NTNU-professor"), role_base("Oslo")
    ('statsminister', 'byrådsleder', 'NTNU-professor', None)
    """
    lower = word.lower()
    base = office_nouns().get(lower) or source_nouns().get(lower)
    if base:
        return base
    for length in range(min(len(lower) - 2, 24), 3, -1):
        last = lower[-length:]
        base = office_nouns().get(last) or source_nouns().get(last)
        if base:
            return word[:-length] + base
    return None


def is_office(word: str) -> bool:
    """Whether a word names one person's office, profession or relation (``NTNU-professor``), inflected or not."""
    lower = word.lower()
    return lower in office_nouns() or any(
        lower[-n:] in office_nouns() for n in range(4, min(len(lower) - 1, 25))
    )


def is_title(word: str) -> bool:
    """Whether a word, capitalised perhaps, is a title and no name: ``Statsminister``, but not ``Hermann``."""
    lower = word.lower()
    return lower in office_nouns() or any(
        lower[-n:] in office_nouns() for n in range(5, min(len(lower) - 1, 25))
    )


def is_source(word: str) -> bool:
    """Whether a word names an unnamed source or group (``tjenestemenn``, ``politiet``), inflected or not."""
    lower = word.lower()
    nouns = source_nouns()
    return lower in nouns or any(lower[-n:] in nouns for n in range(4, min(len(lower) - 1, 25)))


def role_bases(role: str) -> frozenset[str]:
    """The base forms of all role nouns in a role's wording: ``{"talsmann"}`` for ``Kremls talsmann``."""
    return frozenset(base for word in role.split() if (base := role_base(word.strip(",.;"))))


def noun_gender(base: str) -> str | None:
    """The gender that a role noun tells (``talskvinne`` → ``f``), or None."""
    genders = lexicon.load("roles")["gender"]
    if base.endswith(("kvinne", "dronning", "jente", "søster", "datter")) or base in genders["f"]:
        return "f"
    return "m" if base in genders["m"] else None


def is_adjective(token: Token) -> bool:
    """Whether a token is an adjective, by tag or, without one, by form."""
    lower = token.lower_
    return (
        lower in demonyms()
        or lower in lexicon.load("roles")["phrase"]["modifiers"]
        or token.pos_ in ("ADJ", "NUM")
        or (not token.pos_ and lower.endswith(("ske", "lige", "lege")))
    )


def is_noun(token: Token) -> bool:
    """Whether a token is a common noun, by tag or, without one, by being a role noun or a definite form."""
    if token.pos_:
        return token.pos_ == "NOUN"
    return is_office(token.text) or (
        token.text.islower() and token.lower_.endswith(("en", "et", "ene", "ane"))
    )


def role_before(doc: Doc, start: int, first: int, genitive: set[int]) -> Role | None:
    """The role that stands before a name: ``Russlands forsvarsminister X``, ``lederen for Y, X``.

    Parameters
    ----------
    doc
        The document.
    start, first
        Token indices: where the name begins, and where its sentence does.
    genitive
        The tokens that end a name in the genitive, for the possessor in front (``Kremls talsmann``).
    """
    i = start - 1
    if i >= first and doc[i].text in (",", ":") and i - 1 >= first:
        return _role_before_comma(doc, i, first, genitive)
    if i < first or not is_office(doc[i].text) or doc[i].pos_ in _NO_NOUN:
        return None
    return _extend(doc, i, i + 1, first, genitive)


def _role_before_comma(doc: Doc, comma: int, first: int, genitive: set[int]) -> Role | None:
    """``lederen for landets største fagforening CUT, X``: the nearest definite role noun left of the comma."""
    for i in range(comma - 1, max(first, comma - _REACH) - 1, -1):
        token = doc[i]
        if token.text in ",;:–-" or token.pos_ in ("VERB", "AUX"):
            return None
        if is_office(token.text) and token.lower_.endswith(("en", "a", "et")):
            return _extend(doc, i, comma, first, genitive)
    return None


def _extend(doc: Doc, head: int, end: int, first: int, genitive: set[int]) -> Role:
    """Take in what stands before the head noun: adjectives, coordinated nouns, and a possessor."""
    begin = head
    while begin > first:
        before = doc[begin - 1]
        if (
            is_adjective(before)
            or before.text.endswith("-")
            or before.lower_ in ("ex", "eks", "tidligere", "tidlegare", "påtroppende")
        ):
            begin -= 1
        elif (
            before.lower_ in ("og", "&")
            and begin - 1 > first
            and (doc[begin - 2].text.endswith("-") or is_office(doc[begin - 2].text))
        ):
            begin -= 2
        elif begin - 1 in genitive or (
            before.text[:1].isupper() and before.text.endswith("s") and before.i != first
        ):
            begin -= 1
            break
        else:
            break
    return _role(doc, begin, head, end)


def _role(doc: Doc, begin: int, head: int, end: int) -> Role:
    """The role in the indefinite: ``russisk forsvarsminister`` of ``den russiske forsvarsministeren``."""
    base = role_base(doc[head].text) or doc[head].text
    text = ""
    depth = 0
    for token in doc[begin:end]:
        depth += token.text == "("
        word = token.text
        if token.i == head:
            word = base
        elif token.i < head and is_adjective(token):
            word = _indefinite(
                word.lower()
                if token.is_sent_start and not token.ent_type_ and not without_genitive(word)
                else word
            )
        skipped = token.i < head and (
            token.pos_ == "NUM" or token.lower_ in lexicon.load("roles")["phrase"]["determiners"]
        )
        if not depth and not skipped:
            text += word + token.whitespace_
        depth -= token.text == ")"
    text = text.strip(" ,")
    first = doc[begin]
    if text[:1].isupper() and (
        (first.i == head and "-" not in base) or (first.text.endswith("-") and not first.text.isupper())
    ):
        text = text[:1].lower() + text[1:]  # the sentence's capital
    return Role(begin, end, base, text)


def _indefinite(adjective: str) -> str:
    """``russiske`` → ``russisk``, ``tidligere`` as it is."""
    return adjective[:-1] if adjective.endswith(("ske", "ige", "lege")) else adjective


def role_after(doc: Doc, end: int, last: int) -> Role | None:
    """The role that stands after a name: ``X, talsperson for Y``, ``X (57), som leder Y``, ``X er leder i Y``.

    Parameters
    ----------
    doc
        The document.
    end, last
        Token indices: where the name ends, and where its sentence does.
    """
    i = end
    if i < last and doc[i].text == "(":  # an age or a party between the name and its role
        close = next((j for j in range(i, min(last, i + 5)) if doc[j].text == ")"), None)
        if close is None:
            return None
        if is_office(doc[i + 1].text):
            return _role(doc, i + 1, i + 1, close)
        i = close + 1
    if i < last and doc[i].text == ",":
        return _role_phrase(doc, i + 1, last)
    if i + 1 < last and doc[i].lower_ in ("er", "var", "blir", "ble", "vart"):
        return _role_phrase(doc, i + 1, last)
    return None


def _role_phrase(doc: Doc, start: int, last: int) -> Role | None:
    """A noun phrase with a role noun as its head, from ``start`` on; ``som leder Y`` and ``som er leder i Y`` too."""
    i = start
    while i < last and (
        doc[i].lower_ in ("som", "er", "var", "en", "ei", "et", "ein", "eit", "den", "det", "og")
        or is_adjective(doc[i])
    ):
        i += 1
    begin = next((j for j in range(start, i) if doc[j].lower_ in demonyms() or is_adjective(doc[j])), i)
    while i < last and i - start < 5 and doc[i].text[:1].isupper() and not is_office(doc[i].text):
        i += 1  # a possessor: «X, Kremls talsmann»
    if i >= last or not is_office(doc[i].text) or (doc[i].text[:1].isupper() and "-" not in doc[i].text):
        return None
    end = i + 1
    while end < last and end - i < _REACH:
        token = doc[end]
        if token.ent_iob_ == "I" or (token.lower_ in ("og", "eller") and doc[end - 1].text.endswith("-")):
            end += 1  # inside a name, or between two parts of a compound
            continue
        if (
            token.text in ',.;:()–-«»"!?'
            or token.is_space
            or token.pos_ in ("VERB", "AUX")
            or token.lower_ in lexicon.load("roles")["phrase"]["stops"]
        ):
            break
        end += 1
    return _role(doc, begin, i, end)

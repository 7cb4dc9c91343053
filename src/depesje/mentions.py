"""Named mentions: the entities of the recogniser, mended by what the rest of the document and the lexicon say."""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc, Token

from depesje import lexicon
from depesje.names import (
    PARTICLES,
    Known,
    abbreviates,
    demonyms,
    fold,
    given_names,
    known_folded,
    look_up,
    without_genitive,
)
from depesje.roles import is_office, is_source, is_title, role_base, role_nouns

#: NorNE's types as those of an actor; DRV and MISC name none. LOC is decided by name (``_place``).
TYPES = {
    "PER": "PER",
    "ORG": "ORG",
    "GPE_LOC": "GPE",
    "GPE_ORG": "GPE",
    "GPE": "GPE",
    "PROD": "PROD",
    "EVT": "EVT",
    "LOC": "LOC",
}
_SAYING = frozenset(lexicon.load("roles")["cues"]["forms"])
_COMPOUND = re.compile(r"\w.*-[a-zæøå]{2,}$")
_QUOTES = "«»\"“”„'’‘()[],.:;!?–—-|/"


@dataclass(frozen=True, slots=True)
class Name:
    """A named mention: tokens ``start``–``end`` (end exclusive), its words in base form, and its type."""

    start: int
    end: int
    words: tuple[str, ...]
    type: str
    #: What the lexicon has under this name.
    known: Known | None = None
    #: Whether a noun in front tells the type.
    told: bool = False

    @property
    def key(self) -> tuple[str, ...]:
        """The folded words."""
        return tuple(fold(w) for w in self.words)


def find_names(doc: Doc) -> list[Name]:
    """Find the named mentions of a document, in order, none inside another.

    The recogniser's entities are trimmed to the name, given their base form, and labelled alike where the document repeats
    them; names of the lexicon and names found elsewhere in the document are added where the recogniser missed them.
    """
    names = [name for start, end, label in _entities(doc) if (name := _trimmed(doc, start, end, label))]
    names = _join_neighbours(doc, names)
    names = _without_first_word(doc, names)
    names = _told_by_noun(doc, names)
    names = _with_abbreviation(doc, names)
    names = _in_base_form(doc, names)
    names = _with_known(doc, names)
    names = _labelled_alike(doc, names)
    names = _with_repeated(doc, names)
    names = [_institution(doc, name) for name in names]
    names = _without_overlap(names)
    return [name for raw in names if (name := _typed(doc, raw))]


def _entities(doc: Doc) -> Iterator[tuple[int, int, str]]:
    return ((ent.start, ent.end, ent.label_) for ent in doc.ents)


def word_span(token: Token) -> tuple[int, int]:
    """The characters of a token that can belong to a name, as offsets into the token.

    Left out are signs in front (``©NTB``, ``#Oslo``), a slash behind, and a sentence's full stop that the tokenizer took for an
    abbreviation's (``Frp.``, ``TV 2.``).
    """
    text = token.text
    start = len(text) - len(text.lstrip("©@#"))
    end = len(text.rstrip("/"))
    stem = text[start : end - 1]
    if text[:end].endswith(".") and stem and "." not in stem and stem.lower() not in _ABBREVIATED:
        known_word = bool(look_up((stem,)))
        if len(stem) > 2 or known_word or (stem.isdigit() and _ends_sentence(token)):
            end -= 1
    return (start, end) if start < end else (0, len(text))


def word_of(token: Token) -> str:
    """The part of a token that can belong to a name."""
    start, end = word_span(token)
    return token.text[start:end]


def _ends_sentence(token: Token) -> bool:
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return (
        following is None
        or following.is_space
        or bool(following.is_sent_start)
        or following.text[:1].isupper()
    )


_ABBREVIATED = frozenset(
    ["jr", "sr", "inc", "ltd", "corp", "co", "bros", "mr", "mrs", "dr", "prof", "st", "nr", "kl", "red"]
)


def is_capitalised(token: Token) -> bool:
    """Whether a token looks like (part of) a name: an upper-case letter first, or after a prefix such as ``al-``."""
    text = token.text.lstrip("©@#")
    return text[:1].isupper() or bool(re.match(r"(al|el|an|ash)-[A-ZÆØÅ]", text))


def _starts_sentence(token: Token) -> bool:
    """Whether a capital here may be the sentence's, not the name's: first word, or after a dash, colon or quotation mark."""
    if token.i == 0 or token.is_sent_start:
        return True
    before = token.nbor(-1)
    return before.is_space or before.text in '–—-:|«»"“”.!?•' or before.text == "..."


def _trimmed(doc: Doc, start: int, end: int, label: str) -> Name | None:
    """Cut punctuation, titles and lower-case words off an entity's edges; None where nothing or no name is left."""
    if label not in TYPES and not (label == "DRV" and end - start == 1):
        return None
    while start < end and (doc[start].is_space or doc[start].text in _QUOTES):
        start += 1
    while start < end and (doc[end - 1].is_space or doc[end - 1].text in _QUOTES):
        end -= 1
    if end < len(doc) and doc[end].text == "»" and "«" in doc[start:end].text:
        end += 1  # «Gutteklubben «Grei»»
    if (
        end < len(doc)
        and doc[end].text in ("'", "’")
        and not doc[end - 1].whitespace_
        and doc[end - 1].text[-1] in "sxz"
    ):
        end += 1  # the genitive of a name that ends in s
    if end < len(doc) and doc[end].text == "." and doc[end - 1].lower_ in ("inc", "ltd", "corp", "jr"):
        end += 1
    if label != "PER":  # «France 24. Kaptein X»
        end = next(
            (
                i
                for i in range(start + 1, end)
                if doc[i].text[:1].isupper() and is_title(doc[i].text) and doc[i - 1].text.endswith(".")
            ),
            end,
        )
    if label in ("ORG", "GPE_ORG", "GPE_LOC", "LOC") and end - start > 1:
        end = _after_possessor(doc, start, end)
    if label == "PER":
        while end - start > 1 and (
            is_title(doc[start].text)
            or (not is_capitalised(doc[start]) and doc[start].lower_ not in PARTICLES)
        ):
            start += 1
        while end - start > 1 and not is_capitalised(doc[end - 1]) and "-" not in doc[end - 1].text:
            end -= 1
    if start >= end or not any(c.isalpha() for c in doc[start:end].text):
        return None
    if any(doc[i].is_space for i in range(start, end)):  # a name does not run over a line's end
        end = next(i for i in range(start, end) if doc[i].is_space)
    if label == "PER" and not any(is_capitalised(doc[i]) for i in range(start, end)):
        return None
    return Name(start, end, tuple(word_of(doc[i]) for i in range(start, end)), label)


def _after_possessor(doc: Doc, start: int, end: int) -> int:
    """The end of ``NATOs`` in ``NATOs medlemsland``: a genitive of a known name with plain words behind, no institution's name."""
    stem = without_genitive(doc[start].text)
    rest = doc[start + 1 : end]
    if (
        stem is None
        or not look_up((stem,))
        or look_up(tuple(t.text for t in doc[start:end]))
        or any(not t.text.islower() for t in rest)
    ):
        return end
    return end if doc[end - 1].lower_.endswith(_institution_heads()) else start + 1


def _without_first_word(doc: Doc, names: list[Name]) -> list[Name]:
    """Leave out sentence openers that the recogniser took for (the first word of) a name."""
    forms = {name.key for name in names}
    inside = {name.key for name in names if not _starts_sentence(doc[name.start])}
    lower = {token.text for token in doc if token.text.islower()}
    kept = []
    for name in names:
        first = doc[name.start]
        if not _starts_sentence(first):
            kept.append(name)
        elif (
            len(name.words) > 1
            and name.type == "PER"
            and (
                ((first.pos_ in _OPENERS or name.key[1] in given_names()) and name.key[1:] in forms)
                or first.lower_ in _SAYING
            )
        ):
            if fold(name.words[0]) in given_names() or not is_capitalised(doc[name.start + 1]):
                kept.append(name)
            else:
                kept.append(replace(name, start=name.start + 1, words=name.words[1:]))
        elif len(name.words) > 1 or not _is_common_word(first, name, inside, lower):
            kept.append(name)
    return kept


#: Parts of speech that a sentence may open with, and a person's name does not.
_CLOSED = ("AUX", "DET", "ADP", "PRON", "SCONJ", "CCONJ")
_OPENERS = ("ADJ", "VERB", "AUX", "ADV", "DET", "ADP", "PRON", "SCONJ", "CCONJ")


def _is_common_word(token: Token, name: Name, inside: set[tuple[str, ...]], lower: set[str]) -> bool:
    """Whether a one-word name at a sentence's beginning is an ordinary word: by tag, as a role noun, or since it also stands in lower case."""
    if (
        name.key in inside
        or fold(name.words[0]) in given_names()
        or any(not e.ambiguous for e in look_up(name.words))
        or token.text.isupper()
    ):
        return False
    if token.pos_ == "ADJ" or token.lower_ in demonyms():
        return True
    return (
        token.lower_ in lower
        or (token.pos_ != "PROPN" and (is_office(token.text) or is_source(token.text)))
        or token.lower_ in role_nouns()
        or (token.lower_.endswith(("en", "et")) and _type_told(token) is not None and token.pos_ != "PROPN")
    )


def _told_by_noun(doc: Doc, names: list[Name]) -> list[Name]:
    """Let the noun before a name tell its type, and find names that the recogniser missed there.

    ``tv-kanalen X`` and ``fagforeningen X Y`` are organisations, ``byen X`` a place, ``demonstranten X`` a person.
    """
    at = {name.start: name for name in names}
    covered = {i for name in names for i in range(name.start, name.end)}
    told: dict[int, Name] = {}
    for token in doc[: max(0, len(doc) - 1)]:
        if (
            token.i in covered
            or (not token.text.islower() and not _starts_sentence(token))
            or token.pos_ not in ("NOUN", "PROPN", "")
        ):
            continue
        type_ = _type_told(token)
        start = token.i + 1
        if (
            type_ is None
            and doc[start].lower_ == "som"
            and start + 1 < len(doc)
            and token.lower_.endswith(_plurals())
        ):
            for first, end in _listed(doc, start + 1, covered):
                told[first] = Name(first, end, tuple(word_of(t) for t in doc[first:end]), "ORG", told=True)
            continue
        if (
            type_ is None
            or not is_capitalised(doc[start])
            or doc[start].is_sent_start
            or (start in covered and start not in at)
        ):
            continue
        name = at.get(start)
        if name is None:
            end = _capitalised_run(doc, start, covered)
            if token.pos_ and doc[start].pos_ == "PROPN":
                told[start] = Name(
                    start, end, tuple(word_of(t) for t in doc[start:end]), _label(type_), told=True
                )
        elif name.type in _TELLABLE[type_] and token.pos_ == "NOUN":
            told[start] = replace(
                name, type=_label(type_) if _coarse(name.type) != type_ else name.type, told=True
            )
    return sorted(
        [name for name in names if name.start not in told] + list(told.values()), key=lambda name: name.start
    )


def _with_abbreviation(doc: Doc, names: list[Name]) -> list[Name]:
    """Let what stands in brackets show where an organisation's name ends: ``al-Qaida i Maghreb (Aqim)`` is one name and its short form."""
    added: list[Name] = []
    dropped: set[int] = set()
    at = {name.end: k for k, name in enumerate(names)}
    for i in range(2, len(doc) - 2):
        if (
            doc[i].text != "("
            or doc[i + 2].text != ")"
            or not doc[i + 1].text[:1].isupper()
            or not doc[i + 1].is_alpha
        ):
            continue
        k = at.get(i)
        if k is None or k in dropped:
            continue
        short, name = doc[i + 1].text, names[k]
        before = (
            names[k - 1]
            if k and names[k - 1].end == name.start - 1 and doc[name.start - 1].lower_ in ("i", "for", "og")
            else None
        )
        whole = tuple(word_of(t) for t in doc[before.start : i]) if before else ()
        if (
            before
            and before.type == "ORG"
            and abbreviates(short, whole)
            and not abbreviates(short, name.words)
        ):
            added.append(Name(before.start, i, whole, "ORG", told=True))
            dropped |= {k - 1, k}
        elif name.type != "ORG" or not abbreviates(short, name.words):
            continue
        if k + 1 == len(names) or names[k + 1].start > i + 1:
            added.append(Name(i + 1, i + 2, (short,), "ORG", told=True))
    return sorted(
        [name for k, name in enumerate(names) if k not in dropped] + added, key=lambda name: name.start
    )


#: Which of the recogniser's types a noun in front may overrule.
_TELLABLE = {
    "ORG": ("ORG", "PER", "PROD", "EVT", "LOC", "DRV"),
    "GPE": ("GPE_LOC", "GPE_ORG", "LOC", "PROD", "EVT"),
    "PER": ("PER", "PROD", "EVT", "LOC"),
    "PROD": ("PROD", "PER", "ORG", "EVT"),
}


def _label(type_: str) -> str:
    """An actor's type as the recogniser's label."""
    return "GPE_LOC" if type_ == "GPE" else type_


def _type_told(noun: Token) -> str | None:
    """What a noun before a name says that the name is of."""
    words = lexicon.load("institutions")
    lower = noun.lower_
    if lower.endswith(_with_endings(tuple(words["organisation_nouns"]))):
        return "ORG"
    if lower.endswith(_with_endings(tuple(words["place_nouns"]))):
        return "GPE"
    if lower.endswith(_with_endings(tuple(words["product_nouns"]))):
        return "PROD"
    base = role_base(noun.text)
    return (
        "PER"
        if base
        and (is_office(noun.text) or lower.endswith(("en", "a")))
        and not lower.endswith(("ene", "ane", "erne", "arne"))
        else None
    )


@cache
def _plurals() -> tuple[str, ...]:
    """The plurals of nouns for organisations."""
    nouns = lexicon.load("institutions")["organisation_nouns"]
    return tuple(
        sorted(
            {noun + ending for noun in nouns for ending in ("er", "r", "ar") if not noun.endswith("en")}
            | {"byrå", "selskap", "parti", "forbund"}
        )
    )


def _listed(doc: Doc, start: int, covered: Container[int]) -> list[tuple[int, int]]:
    """The names that nobody found in a list: ``grupper som X, Y (Z) og W``."""
    found = []
    i = start
    while i < len(doc) and i - start < 30 and not doc[i].is_sent_start:
        if i in covered or doc[i].text in (",", "(", ")", "og", "eller", "i"):
            i += 1
        elif is_capitalised(doc[i]):
            end = _capitalised_run(doc, i, covered)
            found.append((i, end))
            i = end
        else:
            break
    return found


@cache
def _with_endings(nouns: tuple[str, ...]) -> tuple[str, ...]:
    """Nouns in the singular, indefinite and definite."""
    return tuple(
        sorted(
            {
                noun + ending
                for noun in nouns
                for ending in ("", "n", "en", "et", "a")
                if len(noun + ending) > 2
            }
        )
    )


def _capitalised_run(doc: Doc, start: int, covered: Container[int]) -> int:
    """The end of the capitalised words from a token on, foreign particles between them included."""
    end = start + 1
    while (
        end < len(doc)
        and end - start < 6
        and end not in covered
        and not doc[end].is_sent_start
        and not doc[end - 1].text.endswith(".")
    ):
        if is_capitalised(doc[end]) and (doc[end].is_alpha or "-" in doc[end].text):
            end += 1
        elif (
            doc[end].text in _BETWEEN
            and end + 1 < len(doc)
            and is_capitalised(doc[end + 1])
            and doc[end + 1].is_alpha
            and end + 1 not in covered
        ):
            end += 2
        else:
            break
    return end


#: Foreign particles that tie the parts of one name.
_BETWEEN = frozenset(
    [
        "de",
        "del",
        "della",
        "di",
        "dos",
        "du",
        "des",
        "of",
        "van",
        "von",
        "y",
        "bin",
        "ibn",
        "la",
        "el",
        "&",
        "der",
    ]
)


def _join_neighbours(doc: Doc, names: list[Name]) -> list[Name]:
    """Make one person of ``Kari`` and ``Nordmann`` side by side, and let a given name take in the capitalised words after it."""
    taken = {i for name in names for i in range(name.start, name.end)}
    joined: list[Name] = []
    for name in names:
        last = joined[-1] if joined else None
        if (
            last
            and last.type == name.type == "PER"
            and last.end == name.start
            and len(last.words) == 1
            and without_genitive(last.words[0]) is None
        ):
            joined[-1] = replace(last, end=name.end, words=last.words + name.words)
            continue
        joined.append(_extended(doc, name, taken))
    return joined


def _extended(doc: Doc, name: Name, taken: Container[int]) -> Name:
    """A name with what visibly belongs to it: a surname, words behind a foreign particle, a company's ending."""
    end, type_ = name.end, name.type
    if type_ == "PER" and len(name.words) == 1 and fold(name.words[0]) in given_names():
        while (
            end < len(doc)
            and end not in taken
            and end - name.end < 3
            and is_capitalised(doc[end])
            and doc[end].is_alpha
            and not _starts_sentence(doc[end])
        ):
            end += 1
    start = name.start
    if (
        type_ == "PER"
        and start
        and start - 1 not in taken
        and fold(doc[start - 1].text) in given_names()
        and is_capitalised(doc[start - 1])
    ):
        start -= 1
    if (
        type_ in ("PER", "ORG")
        and end + 1 < len(doc)
        and end not in taken
        and doc[end].text in _BETWEEN
        and end + 1 not in taken
    ):
        longer = _capitalised_run(doc, name.start, set())
        if longer > end and not any(i in taken for i in range(name.end, longer)):
            end = longer
    if (
        type_ in ("PER", "ORG")
        and end < len(doc)
        and end not in taken
        and doc[end].text in lexicon.load("institutions")["company_words"]
    ):
        end, type_ = end + 1, "ORG"
    if (start, end, type_) == (name.start, name.end, name.type):
        return name
    return replace(name, start=start, end=end, type=type_, words=tuple(word_of(t) for t in doc[start:end]))


def _in_base_form(doc: Doc, names: list[Name]) -> list[Name]:
    """Take the genitive ending off each name's last word.

    A final s is the genitive's where the document, or the lexicon, has the name without it; else the tagger says so
    in most places; else a noun seems to follow.
    """
    seen = {word for name in names for word in name.key}
    votes: dict[str, list[bool]] = defaultdict(list)
    for name in names:
        if without_genitive(name.words[-1]):
            votes[fold(name.words[-1])].append(_looks_genitive(doc, name.end - 1))
    return [replace(name, words=(*name.words[:-1], _base(name, seen, votes))) for name in names]


def _base(name: Name, seen: set[str], votes: dict[str, list[bool]]) -> str:
    word = name.words[-1]
    stem = without_genitive(word)
    if stem is None or look_up(name.words):
        return word
    if not word[-1].isalpha() or word[-2] in "'’´`" or (stem.isupper() and len(stem) > 1 and word[-1] == "s"):
        return stem
    if look_up((*name.words[:-1], stem)) or fold(stem) in seen:
        return stem
    if fold(word) in given_names():
        return word
    vote = votes[fold(word)]
    return stem if 2 * sum(vote) > len(vote) else word


def _looks_genitive(doc: Doc, i: int) -> bool:
    token = doc[i]
    if i + 1 < len(doc) and (doc[i + 1].is_punct or doc[i + 1].is_space) and doc[i + 1].text not in '«"“':
        return False  # a genitive stands before what is owned
    if token.morph.get("Case"):
        return "Gen" in token.morph.get("Case")
    if token.pos_:  # the tagger has been here and saw no genitive
        return False
    following = doc[i + 1] if i + 1 < len(doc) else None
    return (
        following is not None
        and following.text.islower()
        and following.is_alpha
        and following.lower_ not in _FUNCTION_WORDS
    )


_FUNCTION_WORDS = frozenset(
    [
        "og",
        "eller",
        "men",
        "i",
        "på",
        "til",
        "fra",
        "frå",
        "av",
        "for",
        "med",
        "om",
        "ved",
        "som",
        "er",
        "var",
        "har",
        "hadde",
        "skal",
        "skulle",
        "vil",
        "ville",
        "kan",
        "kunne",
        "må",
        "måtte",
        "sier",
        "seier",
        "sa",
        "ble",
        "blir",
        "vart",
        "ikke",
        "ikkje",
        "at",
        "da",
        "når",
        "mens",
        "under",
        "over",
        "etter",
        "før",
        "mot",
        "hos",
        "uten",
        "utan",
        "nå",
        "no",
        "får",
        "fikk",
        "fekk",
        "går",
        "gikk",
        "gjekk",
        "tok",
        "tar",
        "mener",
        "meiner",
        "skriver",
        "den",
        "det",
        "de",
        "dei",
        "en",
        "et",
        "ei",
        "også",
        "òg",
        "bare",
        "berre",
        "så",
        "selv",
        "sjølv",
        "seg",
        "han",
        "hun",
        "ho",
    ]
)


@cache
def _known_by_first_word() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The lexicon's names (folded words), by their first word, the longest first."""
    table: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for words in known_folded():
        table[words[0]].append(words)
    return {first: tuple(sorted(forms, key=len, reverse=True)) for first, forms in table.items()}


def _match(doc: Doc, start: int, forms: Iterable[tuple[str, ...]]) -> tuple[int, tuple[str, ...]] | None:
    """The first of the forms that stands at a token, the last word with or without genitive: (end, words in base form)."""
    for form in forms:
        end = start + len(form)
        if end > len(doc) or any(fold(word_of(doc[start + k])) != form[k] for k in range(len(form) - 1)):
            continue
        last = word_of(doc[end - 1])
        bases = [b for b in (last, without_genitive(last)) if b and fold(b) == form[-1]]
        if bases:
            return end, (*(word_of(doc[i]) for i in range(start, end - 1)), bases[0])
    return None


def _with_known(doc: Doc, names: list[Name]) -> list[Name]:
    """Add the lexicon's names where no entity is, or where an entity is only a part of one."""
    covered = {i: name for name in names for i in range(name.start, name.end)}
    table = _known_by_first_word()
    found: list[Name] = []
    i = 0
    while i < len(doc):
        forms = table.get(fold(word_of(doc[i])), ()) or table.get(
            fold(without_genitive(word_of(doc[i])) or ""), ()
        )
        match = _match(doc, i, forms) if forms else None
        name = _known_name(doc, i, match, covered) if match else None
        if name:
            found.append(name)
            i = name.end
        else:
            i += 1
    spans = {j for name in found for j in range(name.start, name.end)}
    kept = [name for name in names if name.start not in spans and name.end - 1 not in spans]
    return sorted(kept + found, key=lambda name: name.start)


def _known_name(
    doc: Doc, i: int, match: tuple[int, tuple[str, ...]], covered: dict[int, Name]
) -> Name | None:
    """The lexicon's name at a token, if it stands on its own there."""
    end, words = match
    entries = [e for e in look_up(words) if not e.ambiguous]
    if not entries or not (is_capitalised(doc[i]) or doc[i].text == words[0] in ("al-Qaida", "dpa")):
        return None
    inside = {covered[j] for j in range(i, end) if j in covered}
    if any(n.start < i or n.end > end or (n.start, n.end) == (i, end) for n in inside):
        return None
    if not inside and len(words) == 1:
        before, after = i - 1, end
        if (
            before >= 0
            and is_capitalised(doc[before])
            and not _starts_sentence(doc[before])
            and doc[before].is_alpha
            and before not in covered
        ):
            return None  # part of a longer name that nobody knows
        if _goes_on(doc, end, words[-1], covered):
            return None
    return Name(
        i,
        end,
        words,
        "LOC" if entries[0].seat else "GPE_LOC" if entries[0].type == "GPE" else entries[0].type,
    )


def _labelled_alike(doc: Doc, names: list[Name]) -> list[Name]:
    """Give one name one type in the document: the lexicon's, else the one it has most often (as a surname of a person, too)."""
    votes: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    surnames: Counter[str] = Counter()
    for name in names:
        votes[name.key][_coarse(name.type)] += 4 if name.told else 1
        if name.type == "PER" and len(name.words) > 1:
            surnames[name.key[-1]] += 1
    entries: dict[tuple[str, ...], Known] = {
        name.key: entry for name in names if (entry := _known(doc, name)) and not entry.ambiguous
    }
    result = []
    for name in names:
        known = _known(doc, name)
        if known is None and not surnames[name.key[-1]] and not name.told:
            known = entries.get(name.key)
        if known and known.type == "GPE" and name.type == "PER" and surnames[name.key[-1]]:
            known = None
        if known:
            keep = name.type if known.seat or _coarse(name.type) == known.type else _label(known.type)
            result.append(replace(name, type=keep, known=known))
            continue
        count = Counter(votes[name.key])
        if len(name.words) == 1:
            count["PER"] += 4 * surnames[name.key[0]]
        best = max(count, key=lambda label: (count[label], label in ("PER", "ORG", "GPE")))
        result.append(name if _coarse(name.type) == best else replace(name, type=_label(best)))
    return result


def _coarse(label: str) -> str:
    return "GPE" if label.startswith("GPE") else label


def _known(doc: Doc, name: Name) -> Known | None:
    """What the lexicon has under a name here; a name shared by several goes to a party in brackets, else to its entry of its type."""
    entries = look_up(name.words)
    if not entries:
        return None
    if len(entries) > 1:
        party = [e for e in entries if e.kind == "party"]
        if party and in_brackets(doc, name):
            return party[0]
        entries = tuple(e for e in entries if e.type == _coarse(name.type) and e.kind != "party") or entries
    entry = entries[0]
    if entry.ambiguous and (
        name.type in ("PER", "EVT", "PROD", "DRV")
        or (name.type == "LOC" and entry.type != "GPE")
        or (name.type == "ORG" and entry.type == "GPE")
    ):
        return None
    if name.type == "PER" and len(name.words) == 1 and (entry.kind == "company" or _also_person(name)):
        before = doc[name.start - 1].lower_ if name.start else ""
        return entry if entry.type == "GPE" and before in _IN else None
    return entry


def _also_person(name: Name) -> bool:
    """Whether a place's name is a person's as well (``Paris``, ``Washington``)."""
    return name.words[0] in lexicon.load("regions")["also_persons"] or fold(name.words[0]) in given_names()


_IN = ("i", "på", "til", "fra", "frå")


def in_brackets(doc: Doc, name: Name) -> bool:
    """Whether a name stands alone in brackets."""
    return (
        name.start > 0
        and name.end < len(doc)
        and doc[name.start - 1].text == "("
        and doc[name.end].text == ")"
    )


def _with_repeated(doc: Doc, names: list[Name]) -> list[Name]:
    """Add the places where the document repeats one of its names, or a person's surname, without the recogniser seeing it."""
    labels: dict[tuple[str, ...], str] = {}
    counts = Counter(name.key for name in names)
    for name in names:
        if name.type in ("PER", "ORG", "GPE_LOC", "GPE_ORG") and not (
            len(name.key[0]) < 3 and not name.words[0].isupper()
        ):
            labels.setdefault(name.key, name.type)
    for name in names:
        if name.type == "PER" and len(name.words) > 1 and len(name.key[-1]) > 2:
            labels.setdefault(name.key[-1:], "PER")
            counts[name.key[-1:]] += 1
    table: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for key in labels:
        table[key[0]].append(key)
    for forms in table.values():
        forms.sort(key=len, reverse=True)
    covered = {i for name in names for i in range(name.start, name.end)}
    lower = {token.text for token in doc if token.text.islower()}
    found = []
    for i, token in enumerate(doc):
        if i in covered or not is_capitalised(token):
            continue
        forms = table.get(fold(word_of(token))) or table.get(fold(without_genitive(word_of(token)) or ""))
        match = _match(doc, i, forms) if forms else None
        if (
            match is None
            or any(j in covered for j in range(i, match[0]))
            or not _stands_alone(doc, i, match[0], covered)
        ):
            continue
        key = tuple(fold(w) for w in match[1])
        if (
            len(key) == 1
            and _starts_sentence(token)
            and token.pos_ != "PROPN"
            and (token.lower_ in lower or token.pos_ in _CLOSED)
        ):
            continue
        found.append(Name(i, match[0], match[1], labels[key]))
        covered.update(range(i, match[0]))
    added = [replace(name, known=_known(doc, name)) for name in found]
    added += _parties_in_brackets(doc, names, covered)
    return sorted(names + added, key=lambda name: name.start)


def _stands_alone(doc: Doc, start: int, end: int, covered: set[int]) -> bool:
    """Whether no other capitalised word beside it makes it part of a longer, unknown name."""
    before, after = start - 1, end
    if (
        before >= 0
        and before not in covered
        and doc[before].is_alpha
        and is_capitalised(doc[before])
        and not _starts_sentence(doc[before])
        and not is_office(doc[before].text)
    ):
        return False
    return not _goes_on(doc, after, doc[end - 1].text, covered)


def _goes_on(doc: Doc, after: int, last: str, covered: Container[int]) -> bool:
    """Whether a name seems to go on after a word: another capitalised word, or a compound's (``United-spilleren``, ``08-laget``)."""
    if (
        after >= len(doc)
        or after in covered
        or _starts_sentence(doc[after])
        or without_genitive(doc[after - 1].text) == last
    ):
        return False
    return is_capitalised(doc[after]) or bool(re.match(r"\d+-\w", doc[after].text))


def _parties_in_brackets(doc: Doc, names: list[Name], covered: set[int]) -> list[Name]:
    """``Petter Løvik (H)``: a party's short name in brackets after a person."""
    found = []
    for name in names:
        i = name.end + 1
        if (
            name.type != "PER"
            or i + 1 >= len(doc)
            or i in covered
            or doc[i - 1].text != "("
            or doc[i + 1].text not in (")", ",")
        ):
            continue
        party = next((e for e in look_up((doc[i].text,)) if e.kind == "party"), None)
        if party:
            found.append(Name(i, i + 1, (doc[i].text,), "ORG", party))
            covered.add(i)
    return found


@cache
def _institution_heads() -> tuple[str, ...]:
    return tuple(lexicon.load("institutions")["after_genitive"])


def _institution(doc: Doc, name: Name) -> Name:
    """Take in the noun that makes a state's or a place's name that of an institution.

    ``USAs nasjonale sikkerhetsråd`` after the genitive, ``Bergen kommune`` and ``Sunnmøre tingrett`` after the plain name.
    """
    if (
        _coarse(name.type) not in ("GPE", "ORG", "LOC", "PER")
        or name.end >= len(doc)
        or doc[name.end].is_sent_start
    ):
        return name
    if doc[name.end].text in lexicon.load("institutions")["street_words"]:
        return replace(
            name, type="LOC", known=None, end=name.end + 1, words=(*name.words, doc[name.end].text)
        )
    if name.type == "PER" and doc[name.end].lower_ not in ("skole", "skule"):
        return name
    words = lexicon.load("institutions")
    i = name.end
    genitive = word_of(doc[name.end - 1]) != name.words[-1]
    if genitive:
        while (
            i < len(doc)
            and i - name.end < 2
            and doc[i].text.islower()
            and doc[i].lower_.endswith(("e", "-og"))
        ):
            i += 1
        heads = tuple(words["after_genitive"])
        fits = (
            i < len(doc)
            and doc[i].text[:1].islower()
            and doc[i].lower_.endswith(heads)
            and not doc[i].lower_.endswith(tuple(words["not_after_genitive"]))
        )
    else:
        fits = (
            i < len(doc)
            and doc[i].text[:1].islower()
            and (
                doc[i].lower_ in words["after_name"] or without_genitive(doc[i].lower_) in words["after_name"]
            )
        )
    if not fits or any(not t.is_alpha and "-" not in t.text for t in doc[name.end : i + 1]):
        return name
    last = (
        doc[i].text
        if doc[i].lower_ in words["after_name"]
        else (without_genitive(doc[i].text) or doc[i].text)
    )
    if genitive and not doc[i].lower_.endswith("s"):
        last = doc[i].text
    base = (*(t.text for t in doc[name.start : i]), last)
    entries = look_up(base)
    return Name(name.start, i + 1, base, "ORG", entries[0] if entries else None)


def _without_overlap(names: list[Name]) -> list[Name]:
    """Of two overlapping names keep the longer one."""
    kept: list[Name] = []
    for name in sorted(names, key=lambda n: (n.start, n.start - n.end)):
        if kept and name.start < kept[-1].end:
            if name.end - name.start > kept[-1].end - kept[-1].start:
                kept[-1] = name
            continue
        kept.append(name)
    return kept


def _typed(doc: Doc, name: Name) -> Name | None:
    """The name with an actor's type, or None where it names none (derived words, natural and built places)."""
    type_ = TYPES.get(name.type, name.type)
    word = name.words[-1]
    if word in lexicon.load("institutions")["no_names"] and len(name.words) == 1:
        return None
    if len(name.words) == 1 and not name.known and _COMPOUND.match(word):
        compound = _compound(word, type_)
        if compound is None:
            return None
        type_ = compound
    elif type_ == "DRV":
        return None
    if name.known:
        if name.known.kind == "continent" and name.type != "GPE_ORG":
            return None
        if name.known.seat and name.type != "ORG" and not _acts(doc, name):
            return None  # the building
        return replace(name, type=name.known.type)
    if type_ == "LOC":
        place = _place(doc, name)
        return replace(name, type=place) if place else None
    if type_ == "PROD" and word.lower().endswith(tuple(lexicon.load("institutions")["newspapers"])):
        type_ = "ORG"
    return replace(name, type=type_)


def _acts(doc: Doc, name: Name) -> bool:
    """Whether a seat of power (``Kreml``) stands for those who sit there: in the genitive, as a source, or as what acts."""
    before = doc[name.start - 1].lower_ if name.start else ""
    if word_of(doc[name.end - 1]) != name.words[-1] or before in (
        "ifølge",
        "ifølgje",
        "av",
        "fra",
        "frå",
        "mot",
        "med",
        "overfor",
    ):
        return True
    span = doc[name.start : name.end]
    if doc.has_annotation("DEP"):
        return span.root.dep_ in ("SUBJ", "PSUBJ", "IOBJ")
    return before in _SAYING or (name.end < len(doc) and doc[name.end].lower_ in _SAYING)


def _compound(word: str, type_: str) -> str | None:
    """The type of a one-word compound with a name in front, or None for a derived noun (``Oslo-mannen``)."""
    tail = word.rsplit("-", 1)[1]
    if tail in lexicon.load("regions")["region_heads"]:
        return "GPE"
    if type_ in ("PROD", "EVT") or (type_ == "PER" and len(tail) < 6 and not is_office(tail)):
        return type_
    if type_ == "DRV" and (look_up((word.rsplit("-", 1)[0],)) or not word.rsplit("-", 1)[0].isupper()):
        return None  # «NATO-styrken» is derived, «ISAF-styrken» a name
    if type_ in ("ORG", "DRV") and tail.endswith(tuple(lexicon.load("institutions")["compound_heads"])):
        return "ORG"
    return None


def _place(doc: Doc, name: Name) -> str | None:
    """An inhabited place among NorNE's LOC is a GPE; natural and built places are no actors."""
    places = lexicon.load("regions")
    last = name.words[-1].lower()
    if last.endswith(tuple(places["nature"])):
        return None
    if last.endswith(tuple(places["inhabited"])):
        return "GPE"
    before = doc[name.start - 1].lower_ if name.start else ""
    inside = (
        name.end + 1 < len(doc)
        and doc[name.end].lower_ == "i"
        and any(e.type == "GPE" for e in look_up((doc[name.end + 1].text,)))
    )
    return "GPE" if before in ("i", "fra", "frå") and inside and len(name.words) == 1 else None

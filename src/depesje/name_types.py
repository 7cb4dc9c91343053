"""What a name names: the recogniser's type, overruled by the lexicon, a noun in front, and the rest of the document."""

import re
from collections import Counter, defaultdict
from collections.abc import Container
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc, Token

from depesje import lexicon
from depesje.name_spans import Name, capitalised_run, is_capitalised, starts_sentence, word_of
from depesje.names import Known, fold, given_names, look_up, region_stem
from depesje.roles import is_office, role_base

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


SAYING = frozenset(lexicon.load("roles")["cues"]["forms"])


_COMPOUND = re.compile(r"\w.*-[a-zæøå]{2,}$")


def told_by_noun(doc: Doc, names: list[Name]) -> list[Name]:
    """Let the noun before a name tell its type, and find names that the recogniser missed there.

    ``tv-kanalen X`` and ``fagforeningen X Y`` are organisations, ``byen X`` a place, ``demonstranten X`` a person.
    """
    at = {name.start: name for name in names}
    covered = {i for name in names for i in range(name.start, name.end)}
    told: dict[int, Name] = {}
    for token in doc[: max(0, len(doc) - 1)]:
        if (
            token.i in covered
            or (not token.text.islower() and not starts_sentence(token))
            or token.pos_ not in ("NOUN", "PROPN", "")
        ):
            continue
        type_ = type_told(token)
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
        if type_ == "GPE" and token.lower_.endswith(_PLURAL_PLACES):
            told |= {
                n.start: replace(n, type="GPE_LOC", told=True)
                for n in _coordinated(doc, at, start)
                if n.type == "LOC"
            }
            continue
        if name is None:
            end = capitalised_run(doc, start, covered)
            if token.pos_ and doc[start].pos_ == "PROPN":
                told[start] = Name(
                    start, end, tuple(word_of(t) for t in doc[start:end]), label_of(type_), told=True
                )
        elif (
            type_ == "ORG"
            and name.end < len(doc)
            and word_of(doc[name.end]).isdigit()
            and coarse(name.type) == "GPE"
        ):
            words = (*name.words, word_of(doc[name.end]))  # «kanalen France 24»
            told[start] = replace(name, end=name.end + 1, words=words, type="ORG", told=True)
        elif name.type in _TELLABLE[type_] and token.pos_ == "NOUN":
            told[start] = replace(
                name, type=label_of(type_) if coarse(name.type) != type_ else name.type, told=True
            )
    return sorted(
        [name for name in names if name.start not in told] + list(told.values()), key=lambda name: name.start
    )


#: Which of the recogniser's types a noun in front may overrule.
_TELLABLE = {
    "ORG": ("ORG", "PER", "PROD", "EVT", "LOC", "DRV"),
    "GPE": ("GPE_LOC", "GPE_ORG", "LOC", "PROD", "EVT"),
    "PER": ("PER", "PROD", "EVT", "LOC"),
    "PROD": ("PROD", "PER", "ORG", "EVT"),
}


def label_of(type_: str) -> str:
    """An actor's type as the recogniser's label."""
    return "GPE_LOC" if type_ == "GPE" else type_


def type_told(noun: Token) -> str | None:
    """What a noun before a name says that the name is of."""
    lower = noun.lower_
    if lower.endswith(_PLURAL_PLACES):
        return "GPE"
    for kind, type_ in (("organisation_nouns", "ORG"), ("place_nouns", "GPE"), ("product_nouns", "PROD")):
        if _is_one_of(lower, kind):
            return type_
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
            end = capitalised_run(doc, i, covered)
            found.append((i, end))
            i = end
        else:
            break
    return found


#: Plurals of place nouns, before a list of places: ``byene X og Y``.
_PLURAL_PLACES = ("byene", "byane", "kommunene", "kommunane", "bygdene", "bygdane", "regionene", "regionane")


def _coordinated(doc: Doc, at: dict[int, Name], start: int) -> list[Name]:
    """The names of a list that begins at a token: ``X, Y og Z``."""
    found: list[Name] = []
    while (name := at.get(start)) is not None and len(found) < 20:
        found.append(name)
        if name.end >= len(doc) or doc[name.end].lower_ not in (",", "og"):
            break
        start = name.end + 1
    return found


def _is_one_of(word: str, kind: str) -> bool:
    """Whether a word is a noun of this kind in the singular, or a compound of one of four letters or more."""
    long, short = _forms(kind)
    return word.endswith(long) or word.rpartition("-")[2] in short


@cache
def _forms(kind: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The singular forms of a kind's long nouns and of its short ones, whose compounds tell nothing (``baby``)."""
    nouns = lexicon.load("institutions")[kind]
    endings = ("", "n", "en", "et", "a")
    long = tuple(sorted({noun + ending for noun in nouns if len(noun) > 3 for ending in endings}))
    return long, frozenset(noun + ending for noun in nouns if len(noun) < 4 for ending in endings)


def labelled_alike(doc: Doc, names: list[Name]) -> list[Name]:
    """Give one name one type in the document: the lexicon's, else the one it has most often, also as a surname."""
    votes: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    surnames: Counter[str] = Counter()
    for name in names:
        votes[name.key][coarse(name.type)] += 4 if name.told else 1
        stem = region_stem(name.words[0]) if len(name.words) == 1 else None
        if stem:
            votes[(fold(stem),)]["GPE"] += 4  # «Amur-regionen»: so is «Amur»
        if name.type == "PER" and len(name.words) > 1:
            surnames[name.key[-1]] += 1
    entries: dict[tuple[str, ...], Known] = {
        name.key: entry for name in names if (entry := known_here(doc, name)) and not entry.ambiguous
    }
    result = []
    for name in names:
        known = known_here(doc, name)
        if known is None and not surnames[name.key[-1]] and not name.told:
            known = entries.get(name.key)
        if known and known.type == "GPE" and name.type == "PER" and surnames[name.key[-1]]:
            known = None
        if known:
            keep = name.type if known.seat or coarse(name.type) == known.type else label_of(known.type)
            result.append(replace(name, type=keep, known=known))
            continue
        count = Counter(votes[name.key])
        if len(name.words) == 1:
            count["PER"] += 4 * surnames[name.key[0]]
        best = max(count, key=lambda label: (count[label], label in ("PER", "ORG", "GPE")))
        result.append(name if coarse(name.type) == best else replace(name, type=label_of(best)))
    return result


def coarse(label: str) -> str:
    return "GPE" if label.startswith("GPE") else label


def known_here(doc: Doc, name: Name) -> Known | None:
    """What the lexicon has under a name here: of several a party in brackets, else the one of its type."""
    entries = look_up(name.words)
    if not entries:
        return None
    if len(entries) > 1:
        party = [e for e in entries if e.kind == "party"]
        if party and in_brackets(doc, name):
            return party[0]
        entries = tuple(e for e in entries if e.type == coarse(name.type) and e.kind != "party") or entries
    entry = entries[0]
    if entry.ambiguous and (
        name.type in ("PER", "EVT", "PROD", "DRV")
        or (name.type == "LOC" and entry.type != "GPE")
        or (name.type == "ORG" and entry.type == "GPE")
    ):
        return None
    if name.type == "PER" and len(name.words) == 1 and (entry.kind == "company" or _also_person(name)):
        before = doc[name.start - 1].lower_ if name.start else ""
        return entry if entry.type == "GPE" and before in lexicon.load("names")["before_places"] else None
    return entry


def _also_person(name: Name) -> bool:
    """Whether a place's name is a person's as well (``Paris``, ``Washington``)."""
    return name.words[0] in lexicon.load("regions")["also_persons"] or fold(name.words[0]) in given_names()


def in_brackets(doc: Doc, name: Name) -> bool:
    """Whether a name stands alone in brackets."""
    return (
        name.start > 0
        and name.end < len(doc)
        and doc[name.start - 1].text == "("
        and doc[name.end].text == ")"
    )


def typed(doc: Doc, name: Name) -> Name | None:
    """The name with an actor's type, or None where it names none (derived words, natural and built places)."""
    type_ = TYPES.get(name.type, name.type)
    word = name.words[-1]
    if len(name.words) == 1 and (
        word in lexicon.load("institutions")["no_names"] or "://" in word or word.startswith("www.")
    ):
        return None
    if (len(name.words) == 1 or type_ in ("ORG", "GPE")) and not name.known and _COMPOUND.match(word):
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
    if type_ in ("PER", "LOC") and len(name.words) == 1:
        endings = tuple(lexicon.load("institutions")["one_word_endings"])
        if word.lower().endswith(endings) and len(word) > 9:
            return replace(name, type="ORG")
    if type_ in ("PER", "GPE") and len(name.words) > 1 and word.lower().endswith(_institution_endings()):
        return replace(name, type="ORG")
    if type_ == "LOC":
        place = _place(doc, name)
        return replace(name, type=place) if place else None
    if type_ == "PROD" and word.lower().endswith(tuple(lexicon.load("institutions")["newspapers"])):
        type_ = "ORG"
    return replace(name, type=type_)


@cache
def _institution_endings() -> tuple[str, ...]:
    return tuple(lexicon.load("institutions")["last_word_endings"])


def _acts(doc: Doc, name: Name) -> bool:
    """Whether a seat of power (``Kreml``) stands for those who sit there: in the genitive, as a source, or acting."""
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
    return before in SAYING or (name.end < len(doc) and doc[name.end].lower_ in SAYING)


def _compound(word: str, type_: str) -> str | None:
    """The type of a one-word compound with a name in front, or None for a derived noun (``Oslo-mannen``)."""
    if region_stem(word):
        return "GPE"
    tail = word.rsplit("-", 1)[1]
    if tail in ("er", "en", "et", "ene", "ar", "ane") and word[:2].isupper():
        return None  # «PUD-er»: inflected abbreviations
    if type_ in ("PROD", "EVT") or (type_ == "PER" and len(tail) < 6 and not is_office(tail)):
        return type_
    if type_ == "DRV" and (look_up((word.rsplit("-", 1)[0],)) or not word.rsplit("-", 1)[0].isupper()):
        return None  # «NATO-styrken» is derived, «ISAF-styrken» a name
    if type_ in ("ORG", "DRV") and tail.endswith(tuple(lexicon.load("institutions")["compound_heads"])):
        return "ORG"
    return None


def _place(doc: Doc, name: Name) -> str | None:
    """An inhabited place among NorNE's LOC is a GPE; natural and built places are no actors.

    A name of one word behind a preposition of places (`på Grünerløkka`) is taken for a district, unless it ends as
    natural and built places do.
    """
    places = lexicon.load("regions")
    last = name.words[-1].lower()
    if last.endswith(tuple(places["nature"])):
        return None
    if last.endswith(tuple(places["inhabited"])):
        return "GPE"
    before = doc[name.start - 1].lower_ if name.start else ""
    is_plain = len(name.words) == 1 and last.isalpha() and not last.isupper()
    return "GPE" if before in ("i", "på", "fra", "frå") and is_plain else None

"""Where a name begins and ends in the text, and its base form."""

import re
from collections import defaultdict
from collections.abc import Container
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc, Token

from depesje import lexicon
from depesje.names import Known, fold, given_names, look_up, without_genitive
from depesje.roles import is_title

#: The recogniser's labels (NorNE's) that can name an actor.
LABELS = frozenset({"PER", "ORG", "GPE_LOC", "GPE_ORG", "LOC", "PROD", "EVT"})
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


def word_span(token: Token) -> tuple[int, int]:
    """The characters of a token that can belong to a name, as offsets into the token.

    Left out are signs in front (``©NTB``, ``#Oslo``), a slash behind, and a sentence's full stop that the tokenizer
    took for an abbreviation's (``Frp.``, ``TV 2.``).
    """
    text = token.text
    start = len(text) - len(text.lstrip("©@#"))
    end = len(text.rstrip("/"))
    stem = text[start : end - 1]
    if (
        text[:end].endswith(".")
        and stem
        and "." not in stem
        and stem.lower() not in lexicon.load("names")["abbreviated"]
    ):
        following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
        ends = following is None or bool(following.is_sent_start)
        known_word = len(stem) == 2 and (ends or bool(look_up((stem,))))
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


def is_capitalised(token: Token) -> bool:
    """Whether a token looks like (part of) a name: an upper-case letter first, or after a prefix such as ``al-``."""
    text = token.text.lstrip("©@#")
    return text[:1].isupper() or bool(re.match(r"(al|el|an|ash)-[A-ZÆØÅ]", text))


def starts_sentence(token: Token) -> bool:
    """Whether a capital here may be the sentence's: at its beginning, or after a dash, colon or quotation mark."""
    if token.i == 0 or token.is_sent_start:
        return True
    before = token.nbor(-1)
    return before.is_space or before.text in '–—-:|«»"“”.!?•' or before.text == "..."


def trimmed(doc: Doc, start: int, end: int, label: str) -> Name | None:
    """Cut punctuation, titles and lower-case words off an entity's edges; None where nothing or no name is left."""
    if label not in LABELS and not (label == "DRV" and end - start == 1):
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
            or (
                not is_capitalised(doc[start]) and doc[start].lower_ not in lexicon.load("names")["particles"]
            )
        ):
            start += 1
        while end - start > 1 and not is_capitalised(doc[end - 1]) and "-" not in doc[end - 1].text:
            end -= 1
    if start >= end or not any(c.isalpha() for c in doc[start:end].text):
        return None
    if any(doc[i].is_space for i in range(start, end)):  # a name does not run over a line's end
        end = next(i for i in range(start, end) if doc[i].is_space)
    if label == "PER" and (
        end - start == 1 == len(doc[start]) or not any(is_capitalised(t) for t in doc[start:end])
    ):
        return None
    return Name(start, end, tuple(word_of(doc[i]) for i in range(start, end)), label)


def _after_possessor(doc: Doc, start: int, end: int) -> int:
    """The end of ``NATOs`` in ``NATOs medlemsland``: a known name's genitive, plain words behind."""
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


@cache
def _institution_heads() -> tuple[str, ...]:
    return tuple(lexicon.load("institutions")["after_genitive"])


def capitalised_run(doc: Doc, start: int, covered: Container[int]) -> int:
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
            doc[end].text in lexicon.load("names")["between"]
            and end + 1 < len(doc)
            and is_capitalised(doc[end + 1])
            and doc[end + 1].is_alpha
            and end + 1 not in covered
        ):
            end += 2
        else:
            break
    return end


def join_neighbours(doc: Doc, names: list[Name]) -> list[Name]:
    """Make one person of ``Kari`` and ``Nordmann`` side by side, and extend names by what visibly belongs to them."""
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
            and not starts_sentence(doc[end])
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
        and doc[end].text in lexicon.load("names")["between"]
        and end + 1 not in taken
    ):
        longer = capitalised_run(doc, name.start, set())
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


def in_base_form(doc: Doc, names: list[Name]) -> list[Name]:
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
    """Whether a name's last word, with an s, is in the genitive here: by tag, or because a noun follows."""
    token = doc[i]
    following = doc[i + 1] if i + 1 < len(doc) else None
    if following is None or ((following.is_punct or following.is_space) and following.text not in '«"“'):
        return False  # a genitive stands before what is owned
    if "Gen" in token.morph.get("Case", []):
        return True
    words = lexicon.load("names")
    if token.pos_:
        return following.pos_ in ("NOUN", "ADJ") and following.lower_ not in words["times"]
    return following.text.islower() and following.is_alpha and following.lower_ not in words["function_words"]


def institution(doc: Doc, name: Name) -> Name:
    """Take in the noun that makes a state's or a place's name that of an institution.

    ``USAs nasjonale sikkerhetsråd`` after the genitive, ``Bergen kommune``, ``Sunnmøre tingrett`` after the plain name.
    """
    if (
        name.type not in ("GPE_LOC", "GPE_ORG", "ORG", "LOC", "PER")
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


def without_overlap(names: list[Name]) -> list[Name]:
    """Of two overlapping names keep the longer one."""
    kept: list[Name] = []
    for name in sorted(names, key=lambda n: (n.start, n.start - n.end)):
        if kept and name.start < kept[-1].end:
            if name.end - name.start > kept[-1].end - kept[-1].start:
                kept[-1] = name
            continue
        kept.append(name)
    return kept

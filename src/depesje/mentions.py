"""Named mentions: the entities of the recogniser, mended by what the rest of the document and the lexicon say."""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc, Token

from depesje.name_spans import (
    Name,
    in_base_form,
    institution,
    is_capitalised,
    join_neighbours,
    starts_sentence,
    trimmed,
    without_overlap,
    word_of,
)
from depesje.name_types import SAYING, known_here, labelled_alike, told_by_noun, type_told, typed
from depesje.names import (
    abbreviates,
    demonyms,
    fold,
    given_names,
    has_initials,
    known_folded,
    look_up,
    without_genitive,
)
from depesje.roles import is_office, is_source, role_nouns


def find_names(doc: Doc) -> list[Name]:
    """Find the named mentions of a document, in order, none inside another.

    The recogniser's entities are trimmed to the name, given their base form, and labelled alike where the document
    repeats them; names of the lexicon and of the document are added where the recogniser missed them.
    """
    names = [
        name
        for start, end, label in ((e.start, e.end, e.label_) for e in doc.ents)
        if (name := trimmed(doc, start, end, label))
    ]
    names = join_neighbours(doc, list(_parted(doc, names)))
    names = _with_abbreviation(doc, names)
    names = _without_first_word(doc, names)
    names = told_by_noun(doc, names)
    names = in_base_form(doc, names)
    names = _with_known(doc, names)
    names = labelled_alike(doc, names)
    names = _with_repeated(doc, names)
    names = [institution(doc, name) for name in names]
    names = without_overlap(names)
    return _with_same_places(names, [typed(doc, name) for name in names])


def _with_same_places(names: list[Name], found: list[Name | None]) -> list[Name]:
    """The names that have a type, and those that name a place which has it elsewhere (`Ruka` after `i Ruka`)."""
    places = {name.key for name in found if name and name.type == "GPE" and not name.known}
    same = (
        replace(raw, type="GPE") if name is None and raw.type == "LOC" and raw.key in places else name
        for raw, name in zip(names, found, strict=True)
    )
    return [name for name in same if name]


def _parted(doc: Doc, names: list[Name]) -> Iterator[Name]:
    """Part an organisation from the person right behind it (`målvakten til Storvik Ola Nordmann`).

    That they are two is seen by a given name in the middle, where what stands before it is a name by itself elsewhere.
    """
    forms = {name.key for name in names}
    for name in names:
        middle = range(1, len(name.words) - 1)
        k = next((k for k in middle if name.key[:k] in forms and name.key[k] in given_names()), None)
        if k is None or name.type == "PER" or name.end - name.start != len(name.words):
            yield name
            continue
        yield replace(name, end=name.start + k, words=name.words[:k])
        yield Name(name.start + k, name.end, name.words[k:], "PER")


def _without_first_word(doc: Doc, names: list[Name]) -> list[Name]:
    """Leave out sentence openers that the recogniser took for (the first word of) a name."""
    forms = {name.key for name in names}
    inside = {name.key for name in names if not starts_sentence(doc[name.start])}
    lower = {token.text for token in doc if token.text.islower()}
    kept = []
    for name in names:
        first = doc[name.start]
        if not starts_sentence(first):
            kept.append(name)
        elif (
            len(name.words) > 1
            and name.type == "PER"
            and (
                (len(name.words) > 2 and name.key[1] in given_names() and name.key[1:] in forms)
                or (
                    first.lower_.endswith("e")
                    and (first.pos_ == "ADJ" or name.key[1] in given_names())
                    and name.key[1:] in forms
                )
                or first.lower_ in SAYING
            )
        ):
            if fold(name.words[0]) in given_names() or not is_capitalised(doc[name.start + 1]):
                kept.append(name)
            else:
                kept.append(replace(name, start=name.start + 1, words=name.words[1:]))
        elif len(name.words) > 1 or not _is_common_word(first, name, inside, lower):
            kept.append(name)
    return kept


#: Parts of speech that no name has.
_CLOSED = ("AUX", "DET", "ADP", "PRON", "SCONJ", "CCONJ")


def _is_common_word(token: Token, name: Name, inside: set[tuple[str, ...]], lower: set[str]) -> bool:
    """Whether a one-word name that begins a sentence is an ordinary word: by tag or as a role noun."""
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
        or (token.lower_.endswith(("en", "et")) and type_told(token) is not None)
    )


#: So many tokens may stand between what the recogniser saw of a name and its short form in brackets.
_TAIL = 6


def _with_abbreviation(doc: Doc, names: list[Name]) -> list[Name]:
    """Let a short form in brackets show how far an organisation's name reaches: ``al-Qaida i Maghreb (Aqim)``."""
    at = {name.end: k for k, name in enumerate(names)}
    added: list[Name] = []
    dropped: set[int] = set()
    for i in range(1, len(doc) - 2):
        short = doc[i + 1].text
        if doc[i].text != "(" or doc[i + 2].text != ")" or not short[:1].isupper() or not short.isalpha():
            continue
        k = next((at[end] for end in range(i, max(0, i - _TAIL), -1) if end in at), None)
        if k is None or k in dropped:
            continue
        first = _first_of_name(doc, names, k, i, short)
        if first is None:
            continue
        start = names[first].start
        if (start, i) != (names[k].start, names[k].end):
            dropped.update(range(first, k + 1))
            added.append(Name(start, i, tuple(word_of(t) for t in doc[start:i]), "ORG", told=True))
        if k + 1 == len(names) or names[k + 1].start > i + 1:
            added.append(Name(i + 1, i + 2, (short,), "ORG", told=True))
    kept = [name for k, name in enumerate(names) if k not in dropped]
    return sorted(kept + added, key=lambda name: name.start)


def _first_of_name(doc: Doc, names: list[Name], k: int, bracket: int, short: str) -> int | None:
    """Which mention begins the organisation's name that ends at a bracket with its short form in it."""
    if names[k].type == "ORG" and names[k].end == bracket and abbreviates(short, names[k].words):
        return k
    for first in (k, k - 1):
        if first < 0 or names[first].type not in ("ORG", "LOC") or bracket - names[first].start > 2 * _TAIL:
            continue
        words = doc[names[first].start : bracket]
        plain = all(t.is_alpha or "-" in t.text.strip("-") or t.text.endswith("-") for t in words)
        if plain and has_initials(short, tuple(t.text for t in words)):
            return first
    return None


@cache
def _known_by_first_word() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The lexicon's names (folded words), by their first word, the longest first."""
    table: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for words in known_folded():
        table[words[0]].append(words)
    return {first: tuple(sorted(forms, key=len, reverse=True)) for first, forms in table.items()}


def _match(doc: Doc, start: int, forms: Iterable[tuple[str, ...]]) -> tuple[int, tuple[str, ...]] | None:
    """The first of the forms that stands at a token, in the genitive or not: (end, words in base form)."""
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
        before = i - 1
        if (
            before >= 0
            and is_capitalised(doc[before])
            and not starts_sentence(doc[before])
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


def _with_repeated(doc: Doc, names: list[Name]) -> list[Name]:
    """Add the places where the document repeats one of its names, or a person's surname, unseen by the recogniser."""
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
        found_forms = table.get(fold(word_of(token))) or table.get(
            fold(without_genitive(word_of(token)) or "")
        )
        match = _match(doc, i, found_forms) if found_forms else None
        if (
            match is None
            or any(j in covered for j in range(i, match[0]))
            or not _stands_alone(doc, i, match[0], covered)
        ):
            continue
        key = tuple(fold(w) for w in match[1])
        if (
            len(key) == 1
            and starts_sentence(token)
            and token.pos_ != "PROPN"
            and (token.lower_ in lower or token.pos_ in _CLOSED)
        ):
            continue
        if len(key) == 1 and starts_sentence(token) and is_source(token.text):
            continue  # «Regjeringen» with a sentence's capital
        found.append(Name(i, match[0], match[1], labels[key]))
        covered.update(range(i, match[0]))
    added = [replace(name, known=known_here(doc, name)) for name in found]
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
        and not starts_sentence(doc[before])
        and not is_office(doc[before].text)
        and not (doc[before].text.isupper() and doc[start].text.isupper())
    ):
        return False
    return not _goes_on(doc, after, doc[end - 1].text, covered)


def _goes_on(doc: Doc, after: int, last: str, covered: Container[int]) -> bool:
    """Whether a name seems to go on: with a capital, or in a compound (``United-spilleren``, ``08-laget``)."""
    if (
        after >= len(doc)
        or after in covered
        or starts_sentence(doc[after])
        or without_genitive(doc[after - 1].text) == last
    ):
        return False
    if doc[after].text.isupper() and doc[after - 1].text.isupper():
        return False  # a heading in capitals
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

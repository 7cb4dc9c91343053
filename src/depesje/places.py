"""Places: where the article's places are, as far as that can be told.

The component ``depesje_places`` reads ``doc.ents``, ``doc._.actors`` and ``doc._.quantities``, and leaves
``doc._.places``.

A name is placed only where something speaks for it, in this order (``decided_by``):

``stated``      the text says where it is: `London i Canada`, `delstaten Georgia`, `den italienske byen X`
``lexicon``     the name points to one country in Norwegian news (``countries.toml``, ``municipalities.toml``)
``context``     of the countries that the article names, only one has a place of this name
``norway``      the article names no country but Norway, and Norway has such a place
``population``  it has 100,000 inhabitants or more, and ten times as many as any namesake
``near``        of several namesakes, one lies within 100 km of another place of the article

Within a country the same holds: a single place of the name, or one ten times as large as the others, or one that is
near. Anything else is left off: better no dot than a wrong one. Only mentions that are places in the text count: not a
person or an organisation of that name, not a capital that stands for its government.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from spacy.language import Language
from spacy.tokens import Doc, Token

from depesje import annotations, gazetteer, lexicon, names
from depesje.annotations import Actor, PlaceMention
from depesje.distances import tied
from depesje.gazetteer import Entry
from depesje.geodesy import distance
from depesje.names import fold, region_stem, without_genitive

annotations.register()
#: A namesake counts as the same place within so many km: a town and the municipality around it.
SAME = 30.0
#: How near another place of the article must be to tell namesakes apart, in km beyond what it reaches itself.
NEAR = 100.0
#: Regions that reach farther tell nothing about what is near them.
_WIDE = 150
#: A place of so many inhabitants, and so many times as many as its namesakes, is the one meant.
LARGE, MANY_TIMES = 100_000, 10
#: So many places of a document are looked at to find what is near them, and so many members of a list.
_ANCHORS, _LONGEST_LIST = 200, 50
#: A town has so many inhabitants; one whose number is not known has so many at least.
_TOWN, _HAMLET = 1000, 100
#: A city of so many is meant before the region of its name (`New York`).
_METROPOLIS = 500_000

DecidedBy = Literal["stated", "lexicon", "context", "norway", "population", "near"]


@Language.factory("depesje_places", assigns=["doc._.places"])
def create_places(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Create the component (spaCy factory)."""
    return PlaceFinder()


class PlaceFinder:
    """Sets ``doc._.places``: every mention of a place that can be placed, in order."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the places of one document."""
        sought = [*_inhabited(doc), *_natural(doc)]
        context = _Context(doc)
        placed = [context.place(one) for one in sought]
        placed = _with_near(sought, placed)
        text = doc.text
        found = [
            PlaceMention(start, end, text[start:end], *_where(entry, by), one.actor)
            for one, choice in zip(sought, placed, strict=True)
            if choice is not None
            for entry, by in [choice]
            for start, end in one.spans
        ]
        found.sort(key=lambda place: (place.start, place.end))
        distances = {place: number for number, place in tied(doc, found).items()}
        doc._.places = [
            replace(place, quantity=distances[n]) if n in distances else place
            for n, place in enumerate(found)
        ]
        return doc


def _where(entry: Entry, by: str) -> tuple[str, str, str | None, float, float, float, str]:
    return entry.name, entry.kind, entry.country or None, *_at(entry), _reach(entry), by


Choice = tuple[Entry, DecidedBy]


@dataclass(frozen=True, slots=True)
class Sought:
    """A name that may be a place: its forms, where it stands as a place, and what the text says of it."""

    forms: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    #: Index into ``doc._.actors``.
    actor: int | None = None
    country: str | None = None
    #: What the lexicon has of it: ``country``, ``place``, ``region``.
    known: str | None = None
    #: Whether the name is no ordinary word or person's name as well.
    sure: bool = False
    #: The country, and the kind of place, that the text states.
    stated: str | None = None
    told: str | None = None
    natural: bool = False


# What is sought


def _inhabited(doc: Doc) -> Iterable[Sought]:
    """The states, towns and regions among the actors, where they stand as places."""
    persons = {fold(a.name.split()[-1]) for a in doc._.actors if a.type == "PER" and a.name.split()}
    for number, actor in enumerate(doc._.actors):
        if actor.type != "GPE" or fold(actor.name) in persons:
            continue
        entry = next((e for e in names.look_up(names.split_name(actor.name)) if e.type == "GPE"), None)
        stated = next((c for m in actor.mentions if (c := _stated_country(doc, m.end))), None)
        capital = _is_capital(actor) and stated in (None, actor.country)
        spans = [(m.start, m.end) for m in actor.mentions if _is_located(doc, m.start, m.end, capital)]
        if not spans:
            continue
        yield Sought(
            forms=_forms(actor),
            spans=tuple(spans),
            actor=number,
            country=actor.country,
            known=entry.kind if entry else None,
            sure=entry is not None and not entry.ambiguous,
            stated=stated,
            told=next((k for span in spans if (k := _told_kind(doc, span[0]))), None),
        )


def _natural(doc: Doc) -> Iterable[Sought]:
    """Names that the recogniser holds for places and that are no actors: seas, mountains, airports."""
    taken = {
        i
        for actor in doc._.actors
        if actor.type != "GROUP"
        for m in actor.mentions
        for i in range(m.start, m.end)
    }
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    forms: dict[str, str] = {}
    for entity in doc.ents:
        if entity.label_ == "LOC" and entity.start_char not in taken and entity.end_char - 1 not in taken:
            text = (
                entity.text
                if gazetteer.look_up(entity.text)
                else without_genitive(entity.text) or entity.text
            )
            spans[fold(text)].append((entity.start_char, entity.end_char))
            forms.setdefault(fold(text), text)
    for folded, found in spans.items():
        yield Sought((forms[folded],), tuple(found), natural=True)


def _is_capital(actor: Actor) -> bool:
    """Whether the name is that of a foreign capital, which may stand for its government."""
    if not actor.country or actor.country == "NOR":
        return False
    places = lexicon.load("countries").get(actor.country, {}).get("places", [])
    same = lexicon.load("regions")["same"]
    return bool(places) and fold(same.get(actor.name, actor.name)) == fold(same.get(places[0], places[0]))


def _forms(actor: Actor) -> tuple[str, ...]:
    """The names to look up: the actor's, as it stands in the text, and without `-regionen`."""
    forms = [actor.name, *(m.text for m in actor.mentions[:20])]
    forms += [stem for form in forms if (stem := region_stem(form))]
    forms += [stem for form in forms if (stem := without_genitive(form))]
    return tuple(dict.fromkeys(forms))


# Whether a mention is a place


def _is_located(doc: Doc, start: int, end: int, capital: bool) -> bool:
    """Whether a mention stands for the place: by a preposition, a noun in front, a verb of being, or the recogniser.

    A capital is one only where it can't be its government: not `fra Moskva` unless somebody travels.
    """
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return False
    words = lexicon.load("places")["words"]
    if span.text.rpartition("-")[2] in lexicon.load("regions")["region_heads"]:
        return True
    before = _before(span[0])
    if before is not None and _is_noun_of(before, (*words["settlement"], *words["region"])):
        return True
    if before is not None and before.lower_ in words["before"]:
        return not capital or before.lower_ not in _ALSO_OF_GOVERNMENTS or _travels(before)
    if before is not None and before.i and _is_of_place(before):
        return True
    root = span.root
    if root.dep_ == "KOORD":
        first = _first_of_list(root)
        if first.i < span.start and first.dep_ != "KOORD":
            return _is_located(doc, first.idx, first.idx + len(first), capital)
    if root.dep_ in ("SUBJ", "PSUBJ", "FSUBJ"):
        return root.head.lemma_ in words["being"] and not capital
    if before is not None and before.pos_ == "ADP":
        return False
    if capital:
        return root.dep_ == "DOBJ" and span[0].ent_type_ == "GPE_LOC"
    return span[0].ent_type_ in ("GPE_LOC", "LOC")


#: After these a capital may be its government: `svar fra Moskva`.
_ALSO_OF_GOVERNMENTS = ("fra", "frå", "til", "mellom", "på", "over", "hos")
#: Nouns of travelling, in front of `til` and `fra`.
_TRAVELS = ("reise", "tur", "besøk", "vitjing", "fly", "tog", "rute", "vei", "veg", "ferd")


def _first_of_list(token: Token) -> Token:
    """The first of the nouns that a noun is coordinated with: `i Oslo, Bergen og Bodø`."""
    for _step in range(_LONGEST_LIST):
        if token.dep_ != "KOORD" or token.head.i >= token.i:
            break
        token = token.head
    return token


def _is_of_place(preposition: Token) -> bool:
    """Whether this is the `for` in `nord for X`, the `av` in `sentrum av X`."""
    words = lexicon.load("places")["distance"]
    before = preposition.nbor(-1).lower_
    return preposition.lower_ in words["after_direction"] and (
        before in words["directions"] or before.startswith(tuple(words["centres"]))
    )


def _travels(preposition: Token) -> bool:
    head = preposition.head
    return head.lemma_ in lexicon.load("places")["distance"]["moving"] or head.lemma_.endswith(_TRAVELS)


def _before(token: Token) -> Token | None:
    """The word before a name, adjectives and articles left out."""
    i = token.i - 1
    while i >= 0 and not token.doc[i + 1].is_sent_start and token.doc[i].pos_ in ("ADJ", "DET"):
        i -= 1
    return token.doc[i] if i >= 0 and not token.doc[i + 1].is_sent_start else None


def _is_noun_of(token: Token, nouns: Iterable[str]) -> bool:
    """Whether a token is one of these nouns in the singular, in any form."""
    return token.text.islower() and any(
        token.lower_ in (noun, noun + "en", noun + "et", noun + "a", noun + "n", noun.removesuffix("e") + "a")
        for noun in nouns
    )


def _told_kind(doc: Doc, start: int) -> str | None:
    """The kind of place that the noun before a name tells: ``settlement`` or ``region``."""
    span = doc.char_span(start, start + 1, alignment_mode="expand")
    before = _before(span[0]) if span is not None else None
    words = lexicon.load("places")["words"]
    if before is None:
        return None
    return next((kind for kind in ("settlement", "region") if _is_noun_of(before, words[kind])), None)


def _stated_country(doc: Doc, end: int) -> str | None:
    """The country that the text gives right after a name: `X i Canada`, `X, Canada`, `X (Canada)`."""
    last = doc.char_span(end - 1, end, alignment_mode="expand")
    if last is None or last.end + 1 >= len(doc) or doc[last.end].lower_ not in ("i", ",", "("):
        return None
    start = last.end + 1
    start += doc[start].lower_ in ("delstaten", "staten", "provinsen")
    for length in (2, 1):
        words = tuple(t.text for t in doc[start : start + length])
        entry = next((e for e in names.look_up(words) if e.type == "GPE" and e.country), None)
        closed = doc[last.end].text != "," or (start + length < len(doc) and doc[start + length].is_punct)
        if entry and closed:
            return entry.country
    return None


# Where it is


class _Context:
    """The countries that a document names."""

    def __init__(self, doc: Doc) -> None:
        inhabited = [actor for actor in doc._.actors if actor.type == "GPE" and actor.country]
        self.countries = {actor.country for actor in inhabited}
        #: Those of which the document names a town or a region, and those of which it names a region.
        self.entered = {actor.country for actor in inhabited if not _is_country(actor.name)}
        self.toured = {actor.country for actor in inhabited if _is_region(actor)}
        demonyms = names.demonyms()
        self.adjectives = {demonyms[t.lower_] for t in doc if t.lower_ in demonyms}

    def place(self, sought: Sought) -> Choice | None:
        """Where a name is, if the name itself, the text beside it or the countries of the document tell."""
        entries = next((found for form in sought.forms if (found := gazetteer.look_up(form))), ())
        if not entries:
            return None
        if sought.natural:
            made = [e for e in entries if e.kind == "nature"]
            return (made[0], "lexicon") if len(made) == 1 else self._by_countries(sought, entries)
        if sought.known == "country":
            return self._homonym(sought, entries)
        entries = tuple(e for e in entries if _fits(e, sought.told)) or entries
        if sought.stated:
            sure = sought.sure and sought.stated == sought.country
            return _with(_choose([e for e in entries if e.country == sought.stated], sure), "stated")
        if sought.country:
            by: DecidedBy = "lexicon" if sought.known else "context"
            inside = [e for e in entries if e.country == sought.country]
            return _with(_choose(inside, sought.sure), by)
        if sought.known in ("region", "continent"):  # in no single country: `Jerusalem`, but not `Norden`
            large = [e for e in entries if e.kind == "region" or e.size >= _METROPOLIS]
            return (replace(_best(large), country=""), "lexicon") if large else None
        return self._by_countries(sought, entries)

    def _homonym(self, sought: Sought, entries: Sequence[Entry]) -> Choice | None:
        """A country's name that is a region's as well (`Georgia`): the region only if the text says so, or tours it.

        It tours it where it names other regions there, and nothing of the country of that name.
        """
        regions = [e for e in entries if e.kind == "region" and e.country != sought.country]
        if not regions:
            return None
        if sought.told == "region" or sought.stated == regions[0].country:
            return regions[0], "stated"
        other = sought.country in self.adjectives | self.entered
        return (regions[0], "context") if regions[0].country in self.toured and not other else None

    def _by_countries(self, sought: Sought, entries: Sequence[Entry]) -> Choice | None:
        named = {e.country for e in entries} & self.countries
        if len(named) == 1:
            return _with(_choose([e for e in entries if e.country in named]), "context")
        exact = [e for e in entries if fold(e.name) in map(fold, sought.forms) or e.country == "NOR"]
        if not named and not self.countries - {"NOR"} and any(e.country == "NOR" for e in exact):
            return _with(_choose([e for e in exact if e.country == "NOR"]), "norway")
        largest = max(exact, key=lambda e: e.size, default=None)
        if largest is None or largest.kind != "settlement" or largest.size < LARGE:
            return None
        rest = [e for e in exact if distance(_at(e), _at(largest)) > SAME]
        clear = all(largest.size >= MANY_TIMES * e.size for e in rest) and not any(
            e.country == "NOR" for e in rest
        )
        return (largest, "population") if clear else None


def _is_country(name: str) -> bool:
    return any(e.kind == "country" for e in names.look_up(names.split_name(name)))


def _is_region(actor: Actor) -> bool:
    """Whether a name is that of a region alone, and of no metropolis."""
    entries = [e for e in gazetteer.look_up(actor.name) if e.country == actor.country]
    return any(e.kind == "region" for e in entries) and all(e.size < _METROPOLIS for e in entries)


def _with(entry: Entry | None, by: DecidedBy) -> Choice | None:
    return (entry, by) if entry else None


def _at(entry: Entry) -> tuple[float, float]:
    return entry.latitude, entry.longitude


def _fits(entry: Entry, told: str | None) -> bool:
    return told is None or (entry.kind == "region") == (told == "region")


def _is_common(entry: Entry) -> bool:
    return entry.country == "NOR" and entry.name in lexicon.load("places")["common"]["names"]


def _choose(entries: Sequence[Entry], sure: bool = False) -> Entry | None:
    """The one place meant by a name in one country, or None where several may be.

    ``sure`` says that the name is that of a well-known place: then the largest is meant.
    """
    if not entries:
        return None
    best = _best(entries)
    if sure:
        return best
    if _is_common(best):
        return None
    rest = [e for e in entries if distance(_at(e), _at(best)) > SAME + _reach(best) + _reach(e)]
    if not rest:
        return best
    settled = all(e.kind == "settlement" for e in (best, *rest)) and best.size >= _TOWN
    return best if settled and best.size >= MANY_TIMES * max(*(e.size for e in rest), _HAMLET) else None


def _best(entries: Sequence[Entry]) -> Entry:
    """The largest settlement, else the municipality; a region goes before all but a metropolis."""

    def rank(entry: Entry) -> tuple[bool, bool, bool, int, float, float]:
        region = entry.kind == "region"
        metropolis = entry.kind == "settlement" and entry.size >= _METROPOLIS
        return metropolis, region, entry.kind == "settlement" and entry.size > 0, entry.size, *_at(entry)

    return max(entries, key=rank)


def _reach(entry: Entry) -> float:
    return float(entry.size) if entry.kind in ("region", "nature") else 0.0


def _apart(entries: Sequence[Entry]) -> list[Entry]:
    """The entries that are different places."""
    kept: list[Entry] = []
    for entry in sorted(entries, key=lambda e: (e.kind != "settlement", -e.size)):
        if all(distance(_at(entry), _at(other)) > SAME for other in kept):
            kept.append(entry)
    return kept


def _with_near(sought: Sequence[Sought], placed: Sequence[Choice | None]) -> list[Choice | None]:
    """Tell the namesakes that are left apart by the places around them; a capital tells nothing, all news names it."""
    anchors = [
        choice[0]
        for choice in placed
        if choice is not None
        and choice[0].name != "Oslo"
        and _reach(choice[0]) <= _WIDE
        and choice[1] != "population"
    ][:_ANCHORS]
    found = []
    for one, choice in zip(sought, placed, strict=True):
        if choice is None and one.known != "country":
            choice = _nearest(one, anchors)
        found.append(choice)
    return found


def _nearest(sought: Sought, anchors: Sequence[Entry]) -> Choice | None:
    entries = next((e for form in sought.forms if (e := gazetteer.look_up(form))), ())
    near = [
        entry
        for entry in entries
        if entry.country == (sought.stated or sought.country or entry.country)
        and any(
            entry.country == a.country and distance(_at(entry), _at(a)) <= NEAR + _reach(a) for a in anchors
        )
    ]
    different = _apart(near)
    return (different[0], "near") if len(different) == 1 else None

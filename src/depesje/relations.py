"""Relations: which actors are linked, by what verb, by what statement, or by standing in one sentence.

The component ``depesje_relations`` reads ``doc._.actors`` and ``doc._.statements`` and leaves ``doc._.relations``.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Literal

from spacy.language import Language
from spacy.tokens import Doc, Token

from depesje import annotations, lexicon
from depesje.annotations import Relation

annotations.register()
#: Types of actors that take part in relations.
LINKED = frozenset({"PER", "ORG", "GPE", "GROUP"})
#: In a sentence of more actors than this, each is linked to so many that follow it only, which keeps the time linear.
_MANY = 8
_SUBJECTS = ("SUBJ", "PSUBJ")
#: Prepositions that name a source, not an object of the verb.
_ATTRIBUTING = ("ifølge", "ifølgje")
_OBJECTS = ("DOBJ", "IOBJ", "POBJ")
Kind = Literal["co-mention", "verb", "statement"]
Span = tuple[int, int]


@Language.factory("depesje_relations", assigns=["doc._.relations"])
def create_relations(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Create the component (spaCy factory)."""
    return RelationFinder()


class RelationFinder:
    """Sets ``doc._.relations``.

    ``co-mention``: two actors in one sentence of *n* actors, each such sentence adding 1/(n−1); the lower index is the
    source. ``verb``: subject → object of one verb, its lemma in ``verb``. ``statement``: speaker → actor that the
    content names, the cue in ``verb``. Both count 1 a sentence.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Find the relations of one document."""
        weights: dict[tuple[int, int, Kind, str | None], float] = defaultdict(float)
        evidence: dict[tuple[int, int, Kind, str | None], set[Span]] = defaultdict(set)
        sentences = _Sentences(doc)
        for kind, find in _FINDERS:
            for source, target, weight, verb, place in find(doc, sentences):
                key = (source, target, kind, verb)
                weights[key] += weight
                evidence[key].add(place)
        doc._.relations = [
            Relation(source, target, round(weights[key], 6), kind, verb, tuple(sorted(evidence[key])))
            for key in sorted(weights, key=lambda k: (k[2], k[0], k[1], k[3] or ""))
            for source, target, kind, verb in [key]
        ]
        return doc


Found = tuple[int, int, float, str | None, Span]


class _Sentences:
    """The sentences as character spans, the actors in each, and the actor of each token."""

    def __init__(self, doc: Doc) -> None:
        starts = [t.i for t in doc if t.i == 0 or t.is_sent_start]
        bounds = [*starts, len(doc)]
        self.spans = [(doc[a].idx, doc[b - 1].idx + len(doc[b - 1])) for a, b in pairwise(bounds)]
        self._starts = [span[0] for span in self.spans]
        places = sorted(
            (m.start, m.end, a)
            for a, actor in enumerate(doc._.actors)
            if actor.type in LINKED
            for m in actor.mentions
        )
        self.actors: dict[int, list[int]] = defaultdict(list)
        self.places = places
        self.place_starts = [p[0] for p in places]
        for start, _, actor in places:
            found = self.actors[self.at(start)]
            if not found or found[-1] != actor:
                found.append(actor)
        self.of_token: dict[int, int] = {}
        tokens = iter(doc)
        token = next(tokens, None)
        for start, end, actor in places:
            while token is not None and token.idx + len(token) <= start:
                token = next(tokens, None)
            i = token.i if token is not None else len(doc)
            while i < len(doc) and doc[i].idx < end:
                if i not in self.of_token or doc._.actors[self.of_token[i]].type == "GROUP":
                    self.of_token[i] = actor
                i += 1

    def at(self, char: int) -> int:
        """The index of the sentence at a character."""
        return max(0, bisect_right(self._starts, char) - 1)

    def between(self, start: int, end: int) -> list[int]:
        """The actors mentioned in a stretch of text, each once."""
        k = bisect_right(self.place_starts, start - 1)
        found = []
        while k < len(self.places) and self.places[k][0] < end:
            if self.places[k][1] <= end:
                found.append(self.places[k][2])
            k += 1
        return list(dict.fromkeys(found))


def _co_mentions(doc: Doc, sentences: _Sentences) -> Iterator[Found]:
    for k, span in enumerate(sentences.spans):
        actors = list(dict.fromkeys(sentences.actors.get(k, ())))
        reach = len(actors) if len(actors) <= _MANY else _MANY // 2
        for i, a in enumerate(actors):
            for b in actors[i + 1 : i + 1 + reach]:
                yield min(a, b), max(a, b), 1 / (len(actors) - 1), None, span


def _verbs(doc: Doc, sentences: _Sentences) -> Iterator[Found]:
    """Subject and object of one verb, through its auxiliaries; ``møtes``-verbs link their coordinated subjects."""
    if not doc.has_annotation("DEP"):
        return
    for token in doc:
        if token.dep_ not in _SUBJECTS or token.pos_ == "VERB":
            continue
        sources = _named(token, sentences)
        if not sources:
            continue
        verbs = _chain(token.head)
        verb = _wording(verbs[-1])
        span = sentences.spans[sentences.at(token.idx)]
        passive = _is_passive(verbs)
        linked = False
        for target, preposition in _objects(verbs, sentences):
            for source in sources:
                if source == target or not _links(verbs[-1], preposition):
                    continue
                linked = True
                if passive and preposition == "av":
                    yield target, source, 1.0, verb, span
                else:
                    yield source, target, 1.0, f"{verb} {preposition}" if preposition else verb, span
        if not linked and len(sources) > 1 and verbs[-1].lower_.endswith("s"):
            for a, b in pairwise(sources):
                if a != b:
                    yield a, b, 1.0, verb, span


def _links(verb: Token, preposition: str | None) -> bool:
    """Whether a verb with this preposition links two actors: ``sier til X`` does, ``er i X`` does not."""
    if preposition is None:
        return True
    if verb.lemma_ in lexicon.load("roles")["cues"]["verbs"]:
        return preposition in ("til", "overfor", "om", "mot", "av", "med")
    return verb.lemma_ not in ("være", "vere", "bli", "verte", "ha")


def _wording(verb: Token) -> str:
    """A verb's lemma, with its reflexive: ``befinne seg``."""
    lemma = verb.lemma_ or verb.lower_
    return f"{lemma} seg" if any(c.lower_ == "seg" for c in verb.children) else lemma


def _chain(verb: Token) -> list[Token]:
    """A finite verb and the infinite verbs that it governs: ``har``, ``møtt``."""
    verbs = [verb]
    while len(verbs) < 6:
        inner = next((c for c in verbs[-1].children if c.dep_ == "INFV"), None)
        if inner is None:
            mark = next(
                (
                    c
                    for c in verbs[-1].children
                    if c.lower_ == "å" and any(g.dep_ == "INFV" for g in c.children)
                ),
                None,
            )
            inner = next((g for g in mark.children if g.dep_ == "INFV"), None) if mark is not None else None
        if inner is None:
            break
        verbs.append(inner)
    return verbs


def _is_passive(verbs: list[Token]) -> bool:
    """``ble møtt``, ``vart møtt``, or a passive in -s."""
    return verbs[-1].morph.get("Voice", []) == ["Pass"] or any(
        v.lemma_ in ("bli", "verte") for v in verbs[:-1]
    )


def _objects(verbs: list[Token], sentences: _Sentences) -> Iterator[tuple[int, str | None]]:
    """The actors that are objects of one of the verbs, directly or after a preposition."""
    for verb in verbs:
        for child in verb.children:
            if child.dep_ in _OBJECTS:
                yield from ((actor, None) for actor in _named(child, sentences))
            elif (
                child.pos_ == "ADP"
                and child.lower_ not in _ATTRIBUTING
                and child.dep_ in ("ADV", "POBJ", "OBJ", "PSPRED")
            ):
                for noun in child.children:
                    if noun.dep_ == "PUTFYLL":
                        yield from ((actor, child.lower_) for actor in _named(noun, sentences))


def _named(token: Token, sentences: _Sentences) -> list[int]:
    """The actors that a noun phrase names: its head and what is coordinated with it."""
    found: list[int] = []
    heads = [token]
    while heads and len(found) < 10:
        head = heads.pop()
        if head.i in sentences.of_token:
            found.append(sentences.of_token[head.i])
        heads += [c for c in head.children if c.dep_ == "KOORD"]
    return list(dict.fromkeys(found))


def _statements(doc: Doc, sentences: _Sentences) -> Iterator[Found]:
    for statement in doc._.statements:
        if statement.speaker_actor is None or doc._.actors[statement.speaker_actor].type not in LINKED:
            continue
        span = (
            sentences.spans[sentences.at(statement.start)]
            if sentences.spans
            else (statement.start, statement.end)
        )
        for actor in sentences.between(statement.start, statement.end):
            if actor != statement.speaker_actor:
                yield statement.speaker_actor, actor, 1.0, statement.cue and statement.cue.lower(), span


_FINDERS: tuple[tuple[Kind, Callable[[Doc, _Sentences], Iterator[Found]]], ...] = (
    ("co-mention", _co_mentions),
    ("verb", _verbs),
    ("statement", _statements),
)

"""Actors: the persons, organisations, states and unnamed groups of an article, each with all its mentions.

The component ``depesje_actors`` reads ``doc.ents`` and leaves ``doc._.actors``. It works, less well, without a parse.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from depesje import annotations, groups, lexicon
from depesje.annotations import Actor, Mention
from depesje.identity import PRONOUNS, clusters
from depesje.mentions import find_names
from depesje.name_spans import Name, word_of, word_span
from depesje.names import demonyms, fold, given_names, known_persons, look_up, without_genitive
from depesje.roles import (
    Role,
    is_adjective,
    is_noun,
    noun_gender,
    role_after,
    role_base,
    role_bases,
    role_before,
    role_nouns,
)

__all__ = ["ActorFinder", "add_group", "find_actor", "role_base", "role_bases", "role_nouns"]

annotations.register()
#: Where the index of mentions is kept on the document (token → actor), for ``find_actor``.
_INDEX = "depesje_actor_of_token"
#: Where the GROUP actors are kept by their noun phrase, with the number of actors when they were read.
_GROUPS = "depesje_group_of_phrase"


@Language.factory("depesje_actors", assigns=["doc._.actors"])
def create_actors(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Create the component (spaCy factory)."""
    return ActorFinder()


class ActorFinder:
    """Sets ``doc._.actors`` from ``doc.ents``: named actors first, in the order of their first mention, then groups."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the actors of one document."""
        names = find_names(doc)
        found = clusters(doc, names)
        context = _Context(doc, names, found)
        doc._.actors = [context.actor(indices) for indices in found]
        doc.user_data.pop(_INDEX, None)
        doc.user_data.pop(_GROUPS, None)
        for start, end in groups.find_groups(doc, _index(doc)):
            add_group(doc, doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))
        return doc


#: No sentence: a list, or text without full stops.
_LONG = 200


# The interface for the components that follow


def find_actor(doc: Doc, start: int, end: int) -> int | None:
    """Find the actor that is mentioned in a stretch of text.

    Parameters
    ----------
    doc
        A document that has been through ``depesje_actors``.
    start, end
        Character offsets, end exclusive.

    Returns
    -------
    int or None
        Index into ``doc._.actors``. A mention with exactly this span comes first, then the mention that holds the
        span's syntactic head, then a person, then the first mention that overlaps.
    """
    tokens = doc.char_span(start, end, alignment_mode="expand") if start < end else None
    if tokens is None:
        return None
    index = _index(doc)
    inside = list(dict.fromkeys(index[t.i] for t in tokens if t.i in index))
    actors: list[Actor] = doc._.actors
    if len(inside) < 2:
        return inside[0] if inside else None
    for i in inside:
        if _has_mention(actors[i], start, end):
            return i
    if doc.has_annotation("DEP") and tokens.root.i in index:
        return index[tokens.root.i]
    return next((i for i in inside if actors[i].type == "PER"), inside[0])


def _has_mention(actor: Actor, start: int, end: int) -> bool:
    k = bisect_right(actor.mentions, (start, end), key=lambda m: (m.start, m.end)) - 1
    return k >= 0 and (actor.mentions[k].start, actor.mentions[k].end) == (start, end)


def add_group(doc: Doc, start: int, end: int) -> int:
    """Add a mention of an unnamed actor (``amerikanske tjenestemenn``) and return its actor.

    Parameters
    ----------
    doc
        A document that has been through ``depesje_actors``.
    start, end
        Character offsets of the noun phrase, end exclusive.

    Returns
    -------
    int
        Index into ``doc._.actors``: the GROUP actor of the same noun phrase, where there is one, else a new one.
        The same place added twice is one mention.

    Raises
    ------
    ValueError
        The offsets are no stretch of the text.
    """
    actors: list[Actor] = doc._.actors
    tokens = doc.char_span(start, end, alignment_mode="expand")
    if tokens is None:
        raise ValueError(f"There is no text from {start} to {end}.")
    text = tokens.text[start - tokens.start_char : end - tokens.start_char]
    key = groups.group_key(text)
    known = _groups(doc)
    found = known.get(key)
    mention = Mention(start, end, text, "GROUP")
    if found is None:
        found = len(actors)
        actors.append(groups.group_actor(doc, mention))
        known[key] = found
        doc.user_data[_GROUPS] = (len(actors), known)
    elif not _has_mention(actors[found], start, end):
        actor = actors[found]
        k = bisect_right(actor.mentions, start, key=lambda m: m.start)
        mentions = (*actor.mentions[:k], mention, *actor.mentions[k:])
        actors[found] = Actor(actor.name, actor.type, actor.country, actor.role, actor.gender, mentions)
    index = _index(doc)
    for token in tokens:
        index.setdefault(token.i, found)
    return found


def _index(doc: Doc) -> dict[int, int]:
    """Token → actor, for all mentions; a named mention goes before a group that holds it."""
    if _INDEX not in doc.user_data:
        index: dict[int, int] = {}
        for a, actor in sorted(enumerate(doc._.actors), key=lambda pair: pair[1].type == "GROUP"):
            for mention in actor.mentions:
                span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
                for token in span if span is not None else ():
                    index.setdefault(token.i, a)
        doc.user_data[_INDEX] = index
    found: dict[int, int] = doc.user_data[_INDEX]
    return found


def _groups(doc: Doc) -> dict[str, int]:
    """The GROUP actors by the key of their noun phrase; read anew where somebody else changed the actors."""
    n, table = doc.user_data.get(_GROUPS, (-1, {}))
    if n != len(doc._.actors):
        table = {groups.group_key(a.name): i for i, a in enumerate(doc._.actors) if a.type == "GROUP"}
        doc.user_data[_GROUPS] = (len(doc._.actors), table)
    found: dict[str, int] = table
    return found


# Building the actors


class _Context:
    """What the text around the names of one document tells: roles, countries, gender."""

    def __init__(self, doc: Doc, names: list[Name], found: list[list[int]]) -> None:
        self.doc = doc
        self.names = names
        self.sentence_of = _sentences(doc)
        self.genitive = {n.end - 1 for n in names if word_of(doc[n.end - 1]) != n.words[-1]}
        self.name_at = {i: k for k, n in enumerate(names) for i in range(n.start, n.end)}

    def actor(self, indices: list[int]) -> Actor:
        """The actor of a cluster of names."""
        names = [self.names[i] for i in indices]
        type_ = names[0].type
        role = self._role(names) if type_ == "PER" else None
        mentions = tuple(_mention(self.doc, n) for n in names)
        return Actor(
            _fullest(self.doc, names),
            type_,
            self._country(indices, names, role),
            self._wording(role, names),
            self._gender(indices, names, role),
            mentions,
        )

    def _role(self, names: list[Name]) -> Role | None:
        """The role that the text gives most often with the name, the most telling wording of it."""
        found = []
        for name in names[:50]:
            first, last = self.sentence_of(name.start)
            roles = (
                role_before(self.doc, name.start, first, self.genitive),
                role_after(self.doc, name.end, last),
            )
            found += [r for r in roles if r is not None]
        if not found:
            return None
        counts = Counter(r.base for r in found)
        return max(found, key=lambda r: (len(r.text.split()) > 1, counts[r.base], len(r.text), -r.start))

    def _wording(self, role: Role | None, names: list[Name]) -> str | None:
        """The role's wording, with the party that stands in brackets after the name."""
        party = next(
            (
                n
                for name in names
                if (n := self._bracketed(name)) is not None and n.known and n.known.kind == "party"
            ),
            None,
        )
        if party is None:
            return role.text if role else None
        text = self.doc[party.start : party.end].text
        return f"{role.text} ({text})" if role else f"({text})"

    def _bracketed(self, name: Name) -> Name | None:
        """The name in brackets right after a name."""
        i = name.end + 1
        if i < len(self.doc) and self.doc[name.end].text == "(" and i in self.name_at:
            return self.names[self.name_at[i]]
        return None

    def _country(self, indices: list[int], names: list[Name], role: Role | None) -> str | None:
        """The country by lexicon, or by what the text says beside the name; never by guess."""
        known = next((n.known for n in names if n.known and n.known.country), None)
        if known:
            return known.country
        type_ = names[0].type
        votes: Counter[str] = Counter()
        for name in names[:50]:
            votes.update(self._beside(name))
            if type_ == "PER":
                bracketed = self._bracketed(name)
                if bracketed is not None and bracketed.known and bracketed.known.country:
                    votes[bracketed.known.country] += 2
            elif type_ == "ORG":
                votes.update(_countries_within(name))
            elif type_ == "GPE":
                votes.update(self._part_of(name))
        if role:
            votes.update(_countries_of_words(self.doc, role.start, role.end, self.names, self.name_at))
        if votes:
            return votes.most_common(1)[0][0]
        persons = known_persons()
        return persons.get(" ".join(max(names, key=lambda n: len(n.key)).key)) if type_ == "PER" else None

    def _beside(self, name: Name) -> list[str]:
        """Countries in the noun phrase before a name: ``det japanske nyhetsbyrået Kyodo``, ``Russlands X``.

        At most one noun may stand between, with its adjectives.
        """
        first, _ = self.sentence_of(name.start)
        i = name.start - 1
        if i >= first and self.doc[i].text == "," and name.type == "PER":
            i -= 1  # «den nordkoreanske lederen, X»
        if i >= first and is_noun(self.doc[i]):
            i -= 1
        found: list[str] = []
        while i >= first:
            token = self.doc[i]
            if token.lower_ in demonyms():
                found.append(demonyms()[token.lower_])
            elif i in self.genitive:
                known = self.names[self.name_at[i]].known
                return found + ([known.country] if known and known.country else [])
            elif not is_adjective(token):
                break
            i -= 1
        return found

    def _part_of(self, name: Name) -> list[str]:
        """``Orlando i USA``, ``Nairobi, hovedstaden i Kenya``."""
        i = name.end
        if (
            i < len(self.doc)
            and self.doc[i].text == ","
            and i + 2 < len(self.doc)
            and role_word(self.doc[i + 1].lower_)
        ):
            i += 2
        if i + 1 < len(self.doc) and self.doc[i].lower_ == "i" and i + 1 in self.name_at:
            known = self.names[self.name_at[i + 1]].known
            if known and known.kind in ("country", "place") and known.country:
                return [known.country]
        return []

    def _gender(self, indices: list[int], names: list[Name], role: Role | None) -> str | None:
        """A person's gender by role noun, by the pronouns that follow, or by given name."""
        if names[0].type != "PER":
            return None
        if role and (gender := noun_gender(role.base)):
            return gender
        given = next((g for n in names if len(n.words) > 1 and (g := given_names().get(n.key[0]))), None)
        votes = Counter(g for i in indices[:50] if (g := self._pronoun(i)))
        if votes and (given is None or votes.most_common(1)[0][1] >= 3):
            return votes.most_common(1)[0][0]
        return given or next((g for n in names if (g := given_names().get(n.key[0]))), None)

    def _pronoun(self, i: int) -> str | None:
        """The subject pronoun that begins the sentence after one where this is the only person."""
        name = self.names[i]
        first, last = self.sentence_of(name.start)
        if last - first > _LONG:
            return None
        others = {
            k
            for t in range(first, last)
            if (k := self.name_at.get(t)) is not None and self.names[k].type == "PER"
        }
        if others != {i} or last >= len(self.doc):
            return None
        gender = PRONOUNS.get(self.doc[last].lower_)
        return gender if self.doc[last].lower_ in ("han", "hun", "ho") else None


def role_word(word: str) -> bool:
    """Whether a word names a kind of place (``hovedstaden``, ``byen``), or is an adjective before one."""
    return word in (
        "hovedstaden",
        "hovudstaden",
        "byen",
        "storbyen",
        "hovedstad",
        "hovudstad",
        "tettstedet",
        "øya",
    )


def _countries_within(name: Name) -> Counter[str]:
    """The countries of the names inside an organisation's name (``USAs utenriksdepartement``)."""
    votes: Counter[str] = Counter()
    institution = name.words[-1].lower() in lexicon.load("institutions")["after_name"]
    if len(name.words) > 1:
        for word in name.words:
            for form in (word, without_genitive(word) or ""):
                for entry in look_up((form,)) if form[:1].isupper() else ():
                    if entry.country and (institution or not entry.ambiguous):
                        votes[entry.country] += 1
            if word.lower() in demonyms():
                votes[demonyms()[word.lower()]] += 1
    return votes


def _countries_of_words(
    doc: Doc, start: int, end: int, names: list[Name], name_at: dict[int, int]
) -> list[str]:
    """The countries that a phrase speaks of, by adjective or by name."""
    found = []
    for i in range(start, end):
        if doc[i].lower_ in demonyms():
            found.append(demonyms()[doc[i].lower_])
        elif i in name_at:
            name = names[name_at[i]]
            if name.known and name.known.country:
                found.append(name.known.country)
            elif name.type == "ORG":
                found += list(_countries_within(name))
    return found


def _sentences(doc: Doc) -> Callable[[int], tuple[int, int]]:
    """A look-up of the sentence that a token is in: (first token, end)."""
    starts = [t.i for t in doc if t.i == 0 or t.is_sent_start]

    def sentence(i: int) -> tuple[int, int]:
        k = bisect_right(starts, i) - 1
        return starts[k], starts[k + 1] if k + 1 < len(starts) else len(doc)

    return sentence


def _mention(doc: Doc, name: Name) -> Mention:
    first, last = doc[name.start], doc[name.end - 1]
    start, end = first.idx + word_span(first)[0], last.idx + word_span(last)[1]
    text = doc[name.start : name.end].text  # never doc.text in a loop: it is built anew each time
    return Mention(start, end, text[start - first.idx : end - first.idx], name.type)


def _fullest(doc: Doc, names: list[Name]) -> str:
    """The fullest form of the name in the text, in base form: most words, then most letters, not in capitals alone."""

    def rank(name: Name) -> tuple[int, bool, int]:
        text = " ".join(name.words)
        return len(name.words), not (text.isupper() and len(text) > 4), len(text)

    best = max(names, key=rank)
    spaces = [token.whitespace_ for token in doc[best.start : best.end]]
    text = "".join(word + space for word, space in zip(best.words, spaces, strict=True)).strip()
    if not text.isupper() or len(text) < 5:
        return text
    if best.known and fold(best.known.name) == fold(text):
        return best.known.name
    return text.title() if best.type == "PER" and len(best.words) > 1 else text

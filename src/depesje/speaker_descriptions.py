"""Sources that are definite descriptions: `statsministeren mener`, `sier 34-åringen`, `opplyser avisen`."""

from bisect import bisect_left

from depesje.actors import role_base
from depesje.annotations import Actor
from depesje.cues import listed
from depesje.discourse import Discourse, Speaker, same_role
from depesje.roles import is_office, noun_gender

#: How far back a pronoun looks, in sentences and in mentions.
_REACH = 12
#: So many steps back somebody may have spoken whom a role noun then means.
_NEAR = 2
#: In so many sentences at the beginning, a role may stand before the name that it belongs to.
_OPENING = 5
#: Tokens that are read backwards; it keeps the reading linear where sentences never end.
_TOKENS = 150
_DEFINITE = ("en", "et", "a", "ene", "ane", "n", "t")


class Descriptions:
    """Finds whom the definite descriptions of one document mean."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self.syntax = discourse.syntax
        self.doc = discourse.doc
        self._groups: dict[str, Speaker] = {}  # by the base form of their noun

    def described(self, first: int, last: int, head: int) -> Speaker | None:
        """A definite noun that takes up a person by role, an organisation by kind, or an unnamed source."""
        token = self.doc[head]
        lower = token.lower_
        if token.pos_ not in {"NOUN", "PROPN", "ADJ"}:
            return None
        base = role_base(lower) or (token.lemma_.lower() if token.lemma_ else lower)
        is_definite = "Def" in token.morph.get("Definite", []) or (
            lower != base and lower.endswith(_DEFINITE)
        )
        modifiers = [
            k for k in range(first, head) if self.doc[k].dep_ not in {"DET"} or self.discourse.by_token.get(k)
        ]
        if not is_definite or last - 1 > head:
            self._note_group(base, first, last)
            return self._by_nearness(head) if is_definite and first == head else None
        found = self._by_role(base, head)
        if found is None and not modifiers:
            found = self._by_kind(base, lower, head) or self._earlier_group(base, first, last)
        return found or self._by_nearness(head)

    def _note_group(self, base: str, first: int, last: int) -> None:
        if first < last:
            self._groups[base] = self.discourse.unnamed(first, last)

    def _earlier_group(self, base: str, first: int, last: int) -> Speaker | None:
        """`Kilden` after `en kilde nær regjeringen`."""
        earlier = self._groups.get(base)
        if earlier is None or base.endswith(tuple(listed("documents", "nouns"))):
            return None
        start, end = self.doc[first].idx, self.doc[last - 1].idx + len(self.doc[last - 1])
        return Speaker(earlier.name, earlier.actor, start, end, False)

    def _by_role(self, base: str, head: int) -> Speaker | None:
        """The person of this role that was named last, or else is named next."""
        at = bisect_left(self.discourse.person_starts, head)
        order = [*range(at - 1, max(-1, at - 80), -1)]
        if self.syntax.sentence_of(head).index < _OPENING:  # a heading may come before the name
            order += range(at, min(len(self.discourse.persons), at + 20))
        for k in order:
            token, end, actor = self.discourse.persons[k]
            if self.discourse.has_role(actor, token, end, base):
                mention = self.doc[head]
                name = self.doc._.actors[actor].name
                return Speaker(name, actor, mention.idx, mention.idx + len(mention), True)
        return None

    def _by_nearness(self, head: int) -> Speaker | None:
        """`treneren` or `34-åringen` right after someone has spoken whose role is unknown: most likely the same."""
        token = self.doc[head]
        sentence = self.syntax.sentence_of(head).index
        spoken = self.discourse.spoken_until(sentence)
        is_age = token.lower_.endswith("åringen")
        if "Plur" in token.morph.get("Number", []) or not (is_age or is_office(token.text)) or not spoken:
            return None
        at, speaker = spoken[-1]
        if speaker.actor is None or self.discourse.steps[sentence] - self.discourse.steps[at] > _NEAR:
            return None
        actor: Actor = self.doc._.actors[speaker.actor]
        gender = noun_gender(role_base(token.lower_) or "")
        fits = gender is None or self.discourse.gender.get(speaker.actor, gender)[0] == (
            "f" if gender == "f" else "m"
        )
        if actor.type != "PER" or (actor.role and not is_age) or not fits:
            return None
        return Speaker(actor.name, speaker.actor, token.idx, token.idx + len(token), True)

    def _by_kind(self, base: str, lower: str, head: int) -> Speaker | None:
        """`avisen` after `avisen X`, `partiet` after a name that ends so."""
        sentence = self.syntax.sentence_of(head)
        start = self.syntax.sentences[max(0, sentence.index - _REACH)].first
        for token in range(head - 1, max(start, head - 3 * _TOKENS) - 1, -1):
            named = self.discourse.by_token.get(token)
            if (
                named is None
                or self.doc._.actors[named[0]].type == "PER"
                or self.discourse.is_genitive(token)
            ):
                continue
            name = self.doc._.actors[named[0]].name.lower()
            titles = self.discourse.titles(token, token + 1)
            if self.doc[token].head.i == token - 1 and self.doc[token].dep_ in {"APP", "FLAT"}:
                titles.append(self.doc[token - 1].lemma_.lower())
            if any(same_role(t, base) for t in titles) or (len(base) > 3 and name.endswith((base, lower))):
                word = self.doc[head]
                return Speaker(
                    self.doc._.actors[named[0]].name, named[0], word.idx, word.idx + len(word), True
                )
        return None

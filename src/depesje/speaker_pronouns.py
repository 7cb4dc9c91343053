"""Sources that are pronouns: `sier han`, `skriver de`."""

from bisect import bisect_left

from depesje.actors import role_base
from depesje.annotations import Actor
from depesje.cues import listed
from depesje.discourse import Discourse, Speaker
from depesje.speaker_names import Names

MALE = frozenset({"han", "ham"})
FEMALE = frozenset({"hun", "ho", "henne"})
POSSESSIVE = {"hans": "male", "hennes": "female", "hennar": "female"}
PLURAL = frozenset({"de", "dei", "begge", "dem", "alle", "deres", "deira"})
#: How far back a pronoun looks, in sentences and in mentions.
_REACH = 12
_LOOKED_AT = 40
#: Tokens that are read backwards; it keeps the reading linear where sentences never end.
_TOKENS = 150

#: In so many sentences at the beginning, a pronoun may stand before the name.
_OPENING = 3


class Pronouns:
    """Finds whom the pronouns of one document mean."""

    def __init__(self, discourse: Discourse, names: Names) -> None:
        self.discourse = discourse
        self.syntax = discourse.syntax
        self.names = names
        self.doc = discourse.doc

    def person(self, head: int) -> Speaker | None:
        token = self.doc[head]
        gender = "male" if token.lower_ in MALE else POSSESSIVE.get(token.lower_, "female")
        sentence = self.syntax.sentence_of(head)
        best: tuple[float, int] | None = None
        at = bisect_left(self.discourse.person_starts, head) - 1
        for k in range(at, max(-1, at - _LOOKED_AT), -1):
            score = self._fit(k, head, gender, sentence.index)
            if score is not None and (best is None or score > best[0]):
                best = score, self.discourse.persons[k][2]
        spoken = self._unnamed_speaker(sentence.index)
        if spoken and (best is None or best[0] < spoken[0]):
            return Speaker(spoken[1].name, spoken[1].actor, token.idx, token.idx + len(token), False)
        if best is None:
            return self._noun_before(head, sentence.index) or self._named_below(head, gender)
        self.discourse.gender.setdefault(best[1], gender)
        name = self.doc._.actors[best[1]].name
        return Speaker(name, best[1], token.idx, token.idx + len(token), True)

    def _fit(self, k: int, head: int, gender: str, sentence: int) -> float | None:
        """How well the `k`-th mention of a person fits a pronoun; None if it cannot."""
        first, last, actor = self.discourse.persons[k]
        known = self.discourse.gender.get(actor)
        if known and known != gender:
            return None
        at = self.syntax.sentence_of(first)
        distance = self.discourse.steps[sentence] - self.discourse.steps[at.index]
        is_quoted = self.discourse.is_quoted(at)
        if distance > _REACH:
            return None
        spoken = self.discourse.spoken_until(sentence)
        is_last_speaker = bool(spoken) and spoken[-1][1].actor == actor
        named_as_source = any(
            s.start == self.doc[first].idx or (s.actor == actor and i == at.index) for i, s in spoken
        )
        score = -float(distance)
        score += 1.5 if known else 0.0
        score += 1.5 if self.doc[first].dep_ == "SUBJ" and not is_quoted else 0.0
        score += 2.0 if is_last_speaker else 0.0
        score -= 1.0 if self.discourse.is_genitive(last - 1) else 0.0
        if is_quoted and not named_as_source and distance:  # talked about, not talking
            score -= 3.0
        is_behind = self.doc[head].head.i < head  # `sier han`: not one whom the quotation names
        if distance == 0 and is_quoted and (is_behind or self.doc[first].dep_ != "SUBJ"):
            return None
        return score

    def _unnamed_speaker(self, sentence: int) -> tuple[float, Speaker] | None:
        spoken = self.discourse.spoken_until(sentence)
        if not spoken:
            return None
        at, speaker = spoken[-1]
        if speaker.named or sentence - at > _REACH:
            return None
        return 2.0 - (sentence - at), speaker

    def _noun_before(self, head: int, sentence: int) -> Speaker | None:
        """`Min klient … Han benekter …`: the unnamed person that is a subject in the sentence before."""
        before = self.syntax.sentences[max(0, sentence - 1)]
        for k in range(head - 1, max(before.first, head - _TOKENS) - 1, -1):
            candidate = self.doc[k]
            if candidate.dep_ == "SUBJ" and candidate.pos_ == "NOUN" and role_base(candidate.lower_):
                found = self.discourse.unnamed(*self.syntax.noun_phrase(k))
                token = self.doc[head]
                return Speaker(found.name, found.actor, token.idx, token.idx + len(token), False)
        return None

    def _named_below(self, head: int, gender: str) -> Speaker | None:
        """The first person of this gender that is named below a heading (`Han ble valgt`)."""
        token = self.doc[head]
        if self.syntax.sentence_of(head).index >= _OPENING:
            return None
        at = bisect_left(self.discourse.person_starts, head)
        following = [actor for _, _, actor in self.discourse.persons[at : at + _LOOKED_AT]]
        known = [a for a in following if self.discourse.gender.get(a) == gender]
        fitting = known or [a for a in following if a not in self.discourse.gender]
        if not fitting:
            return None
        name = self.doc._.actors[fitting[0]].name
        return Speaker(name, fitting[0], token.idx, token.idx + len(token), True)

    def several(self, head: int) -> Speaker | None:
        """`de` of a plural subject in the sentence or the two before, or of the last speaker that is many."""
        token = self.doc[head]
        sentence = self.syntax.sentence_of(head)
        before = self.syntax.sentences[max(0, sentence.index - 2)]
        is_behind = token.head.i < head  # `skriver de`: not those whom the quotation names
        for k in range(head - 1, max(before.first, head - _TOKENS) - 1, -1):
            within = self.syntax.sentence_of(k)
            if within.index in self.discourse.quoted or (is_behind and within is sentence):
                continue
            candidate = self.doc[k]
            is_many = "Plur" in candidate.morph.get("Number", []) or self.syntax.child(k, "KOORD") is not None
            is_many = (
                is_many
                or candidate.lemma_.lower().endswith(tuple(listed("people", "nouns")))
                or k in self.discourse.by_token
            )
            is_many = is_many and not self.discourse.is_genitive(k)
            is_person = (
                k in self.discourse.by_token
                and self.discourse.is_person(k)
                and self.syntax.child(k, "KOORD") is None
            )
            if candidate.dep_ == "SUBJ" and is_many and not is_person and candidate.pos_ in {"NOUN", "PROPN"}:
                first, last = self.syntax.noun_phrase(k)
                found = (
                    self.names.joint(first, last, k)
                    or self.names.named(first, last, k)
                    or self.discourse.unnamed(first, last)
                )
                return Speaker(found.name, found.actor, token.idx, token.idx + len(token), found.named)
        return self._many(head, sentence.index)

    def _many(self, head: int, sentence: int) -> Speaker | None:
        """The last speaker that is more than one person."""
        token = self.doc[head]
        for at, speaker in reversed(self.discourse.spoken_until(sentence)):
            if speaker.actor is None or self.discourse.steps[sentence] - self.discourse.steps[at] > _REACH:
                continue
            actor: Actor = self.doc._.actors[speaker.actor]
            if actor.type != "PER" or actor.name != speaker.name:  # a body, or `A og B`
                return Speaker(speaker.name, speaker.actor, token.idx, token.idx + len(token), speaker.named)
        return None

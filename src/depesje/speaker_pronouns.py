"""Sources that are pronouns: `sier han`, `skriver de`."""

from bisect import bisect_left

from depesje.actors import role_base
from depesje.annotations import Actor
from depesje.cues import is_people, listed
from depesje.discourse import REACH, Discourse, Speaker
from depesje.speaker_descriptions import Descriptions
from depesje.speaker_names import Names

MALE = frozenset({"han", "ham"})
FEMALE = frozenset({"hun", "ho", "henne"})
POSSESSIVE = {"hans": "male", "hennes": "female", "hennar": "female"}
PLURAL = frozenset({"de", "dei", "begge", "dem", "alle", "deres", "deira"})
#: How far back a pronoun looks, in mentions.
_LOOKED_AT = 40
#: Tokens that are read backwards; it keeps the reading linear where sentences never end.
_TOKENS = 150

#: In so many sentences at the beginning, a pronoun may stand before the name.
_OPENING = 3


class Pronouns:
    """Finds whom the pronouns of one document mean."""

    def __init__(self, discourse: Discourse, names: Names, descriptions: Descriptions) -> None:
        self.discourse = discourse
        self.syntax = discourse.syntax
        self.names = names
        self.descriptions = descriptions
        self.doc = discourse.doc

    def person(self, head: int) -> Speaker | None:
        token = self.doc[head]
        gender = "male" if token.lower_ in MALE else POSSESSIVE.get(token.lower_, "female")
        sentence = self.syntax.sentence_of(head)
        best: tuple[float, int] | None = None
        at = bisect_left(self.discourse.person_starts, head) - 1
        for k in range(at, max(-1, at - _LOOKED_AT), -1):
            score = self.discourse.fit(k, head, gender, sentence.index)
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

    def _unnamed_speaker(self, sentence: int) -> tuple[float, Speaker] | None:
        spoken = self.discourse.spoken_until(sentence)
        if not spoken:
            return None
        at, speaker = spoken[-1]
        if speaker.named or sentence - at > REACH or not self._is_human(speaker):
            return None
        return 2.0 - (sentence - at), speaker

    def _is_human(self, speaker: Speaker) -> bool:
        """Whether an unnamed speaker is of people, not a rapport."""
        span = self.doc.char_span(speaker.start, speaker.end, alignment_mode="expand")
        return span is not None and any(is_people(t) for t in span)

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
        sentence = self.syntax.sentence_of(head)
        before = self.syntax.sentences[max(0, sentence.index - 2)]
        is_behind = self.doc[head].head.i < head  # `skriver de`: not those whom the quotation names
        loose: int | None = None
        for k in range(head - 1, max(before.first, head - _TOKENS) - 1, -1):
            within = self.syntax.sentence_of(k)
            if within.index in self.discourse.quoted or (is_behind and within is sentence):
                continue
            if self.doc[k].dep_ == "SUBJ" and self._is_many(k) and not self._is_medium(k):
                return self._meant(k, head)
            is_plural = self.doc[k].dep_ == "SUBJ" and "Plur" in self.doc[k].morph.get("Number", [])
            if loose is None and is_plural and self.doc[k].pos_ == "NOUN" and within is sentence:
                loose = k
        return self._meant(loose, head) if loose is not None else self._many(head, sentence.index)

    def _is_medium(self, k: int) -> bool:
        """Whether a name is a newspaper's or the like: `…, skriver Nordlys. De …` are others."""
        named = self.discourse.by_token.get(k)
        return named is not None and self.discourse.is_medium(named[0])

    def _meant(self, k: int, head: int) -> Speaker:
        """Whom the noun at `k` means, as the speaker that the pronoun at `head` is."""
        token = self.doc[head]
        first, last = self.syntax.noun_phrase(k)
        found = (
            self.names.joint(first, last, k)
            or self.names.named(first, last, k)
            or self.descriptions.described(first, last, k)
            or self.discourse.unnamed(first, last)
        )
        return Speaker(found.name, found.actor, token.idx, token.idx + len(token), found.named)

    def _is_many(self, k: int) -> bool:
        """Whether a noun means more than one person: by number, as a body of people, or as some of them."""
        token = self.doc[k]
        if token.pos_ in {"ADJ", "NUM", "DET", "PRON"}:  # `flere av naboene`
            return any(self.doc[c].lower_ == "av" for c in self.syntax.children[k])
        is_joint = self.syntax.child(k, "KOORD") is not None
        is_named = k in self.discourse.by_token
        if token.pos_ not in {"NOUN", "PROPN"} or self.discourse.is_genitive(k):
            return False
        if is_named and self.discourse.is_person(k) and not is_joint:
            return False
        is_body = token.lemma_.lower().endswith(tuple(listed("people", "nouns")))
        return (
            is_joint or is_named or is_body or ("Plur" in token.morph.get("Number", []) and is_people(token))
        )

    def _many(self, head: int, sentence: int) -> Speaker | None:
        """The last speaker that is more than one person."""
        token = self.doc[head]
        media: Speaker | None = None
        for at, speaker in reversed(self.discourse.spoken_until(sentence)):
            if speaker.actor is None or self.discourse.steps[sentence] - self.discourse.steps[at] > REACH:
                continue
            actor: Actor = self.doc._.actors[speaker.actor]
            if actor.type == "PER" and actor.name == speaker.name:  # not a body, and not `A og B`
                continue
            found = Speaker(speaker.name, speaker.actor, token.idx, token.idx + len(token), speaker.named)
            if not self.discourse.is_medium(speaker.actor):
                return found
            media = media or found
        return media

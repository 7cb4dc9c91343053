"""Sources that are definite descriptions: `statsministeren mener`, `sier 34-åringen`, `opplyser avisen`."""

from bisect import bisect_left

from depesje import lexicon
from depesje.actors import role_base
from depesje.annotations import Actor
from depesje.cues import listed
from depesje.discourse import REACH, Discourse, Speaker, same_role
from depesje.names import inhabitants
from depesje.roles import is_office, noun_gender, role_bases

#: So many steps back somebody may have spoken whom a role noun then means.
_NEAR = 2
#: In so many sentences at the beginning, a role may stand before the name that it belongs to.
_OPENING = 5
#: So many mentions of persons are looked at, to either side.
_MENTIONS = 80
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
        self._ages: dict[str, int] = {}  # actors by the age beside their name

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
            holder = self._holder(base, head) if is_definite and first == head else None
            if holder:
                return holder
            self._note_group(base, first, last)
            return self._by_nearness(head) if is_definite and first == head else None
        is_plural = "Plur" in token.morph.get("Number", [])
        found = None if is_plural else self._by_age(head) or self._by_role(base, head)
        if found is None and not modifiers:
            found = self._by_kind(base, lower, head) or self._earlier_group(base, first, last)
        found = found or (None if is_plural else self._named_later(base, head))
        return found or self._by_nearness(head)

    def person(self, head: int) -> Speaker | None:
        """The person whom a definite noun means that stands alone, if the text has told of one."""
        token = self.doc[head]
        base = role_base(token.lower_)
        is_definite = "Def" in token.morph.get("Definite", []) and "Plur" not in token.morph.get("Number", [])
        if token.pos_ != "NOUN" or not is_definite or not (base or _is_epithet(token.lower_)):
            return None
        if self.syntax.child(head, "APP", "FLAT", "ATR", "KOORD") is not None:
            return None
        base = base or token.lower_
        return self._by_age(head) or self._by_role(base, head) or self._by_nearness(head)

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

    def _speaker(self, actor: int, head: int) -> Speaker:
        token = self.doc[head]
        name = self.doc._.actors[actor].name
        return Speaker(name, actor, token.idx, token.idx + len(token), True)

    # Persons

    def _by_age(self, head: int) -> Speaker | None:
        """`34-åringen` where the text has `Ola Berg (34)`."""
        age = self.doc[head].lower_.partition("-")[0]
        if not self._ages:
            for _, end, actor in self.discourse.persons:
                tokens = self.doc[end : end + 2]
                if len(tokens) == 2 and tokens[0].text in {"(", ","} and tokens[1].text.isdigit():
                    self._ages.setdefault(tokens[1].text, actor)
            self._ages.setdefault("", -1)
        return self._speaker(self._ages[age], head) if age.isdigit() and age in self._ages else None

    def _by_role(self, base: str, head: int) -> Speaker | None:
        """The person of this role that was named last, or else is named next."""
        persons = self.discourse.persons
        at = bisect_left(self.discourse.person_starts, head)
        order = [*range(at - 1, max(-1, at - _MENTIONS), -1)]
        if self.syntax.sentence_of(head).index < _OPENING:  # a heading may come before the name
            order += range(at, min(len(persons), at + 20))
        for noun in dict.fromkeys((base, _without_party(base))):
            for k in order:
                token, _, actor = persons[k]
                if self.discourse.has_role(actor, token, noun):
                    return self._speaker(actor, head)
        return None

    def _holder(self, base: str, head: int) -> Speaker | None:
        """`finansbyråden i Storvik` of the person who is told to be just that."""
        for token, _, actor in self.discourse.persons[:_MENTIONS]:
            role = (self.doc._.actors[actor].role or "").split()
            if base in role or base in self.discourse.titles(token):
                return self._speaker(actor, head)
        return None

    def _named_later(self, base: str, head: int) -> Speaker | None:
        """The only person of this role that is named further down."""
        persons = self.discourse.persons
        at = bisect_left(self.discourse.person_starts, head)
        later = persons[at : at + _MENTIONS]
        found = {a for token, _, a in later if self.discourse.has_role(a, token, base)}
        return self._speaker(found.pop(), head) if len(found) == 1 else None

    def _by_nearness(self, head: int) -> Speaker | None:
        """`treneren` or `34-åringen` right after someone has spoken or been named: most likely the same."""
        token = self.doc[head]
        is_epithet = _is_epithet(token.lower_) or _ends_like_people(token.lower_)
        if "Plur" in token.morph.get("Number", []) or not (is_epithet or is_office(token.text)):
            return None
        sentence = self.syntax.sentence_of(head).index
        for at, speaker in reversed(self.discourse.spoken_until(sentence)[-1:]):
            is_near = self.discourse.steps[sentence] - self.discourse.steps[at] <= _NEAR
            if speaker.actor is not None and is_near and self._may_be(speaker.actor, head, is_epithet):
                return self._speaker(speaker.actor, head)
        return self._nearest(head, sentence) if is_epithet else None

    def _nearest(self, head: int, sentence: int) -> Speaker | None:
        """The person whom the narration right before is about, if it is one."""
        best: dict[int, float] = {}
        at = bisect_left(self.discourse.person_starts, head)
        for k in range(at - 1, max(-1, at - _MENTIONS), -1):
            first, _, actor = self.discourse.persons[k]
            named_in = self.syntax.sentence_of(first).index
            if self.discourse.steps[sentence] - self.discourse.steps[named_in] > _NEAR + 1:
                break
            score = self.discourse.fit(k, head, self._gender(head), sentence)
            if score is not None and self._may_be(actor, head, True):
                best[actor] = max(score, best.get(actor, score))
        ranked = sorted(best, key=lambda a: (-best[a], a))
        is_clear = len(ranked) == 1 or (ranked and best[ranked[0]] >= best[ranked[1]] + 1)
        return self._speaker(ranked[0], head) if is_clear else None

    def _gender(self, head: int) -> str | None:
        told = noun_gender(role_base(self.doc[head].lower_) or "")
        return {"f": "female", "m": "male"}.get(told or "")

    def _may_be(self, actor: int, head: int, is_epithet: bool) -> bool:
        """Whether a person's gender and role allow for a noun."""
        value: Actor = self.doc._.actors[actor]
        gender = self._gender(head)
        fits = gender is None or self.discourse.gender.get(actor, gender) == gender
        may_be = is_epithet or not value.role or _may_be_called(value.role, self.doc[head].lower_)
        return value.type == "PER" and may_be and fits

    # Organisations

    def _by_kind(self, base: str, lower: str, head: int) -> Speaker | None:
        """`avisen` after `avisen X`, `partiet` after a name that ends so."""
        sentence = self.syntax.sentence_of(head)
        start = self.syntax.sentences[max(0, sentence.index - REACH)].first
        for token in range(head - 1, max(start, head - 3 * _TOKENS) - 1, -1):
            named = self.discourse.by_token.get(token)
            if (
                named is None
                or self.doc._.actors[named[0]].type == "PER"
                or self.discourse.is_genitive(token)
            ):
                continue
            name = self.doc._.actors[named[0]].name.lower()
            titles = self.discourse.titles(token)
            if self.doc[token].head.i == token - 1 and self.doc[token].dep_ in {"APP", "FLAT"}:
                titles.append(self.doc[token - 1].lemma_.lower())
            if any(same_role(t, base) for t in titles) or (len(base) > 3 and name.endswith((base, lower))):
                return self._speaker(named[0], head)
        return self._medium(base, head) or self._district(base, head)

    def _medium(self, base: str, head: int) -> Speaker | None:
        """`magasinet` of the medium named last, or of the only one that is named further down."""
        if not base.endswith(tuple(lexicon.load("institutions")["media_nouns"])):
            return None
        media = self.discourse.media
        at = bisect_left(media, (head, 0))
        if at:
            return self._speaker(media[at - 1][1], head)
        later = {actor for _, actor in media[:_MENTIONS]}
        return self._speaker(later.pop(), head) if len(later) == 1 else None

    def _district(self, base: str, head: int) -> Speaker | None:
        """`politiet` after `Nord politidistrikt` has spoken."""
        sentence = self.syntax.sentence_of(head).index
        for at, speaker in reversed(self.discourse.spoken_until(sentence)):
            if speaker.actor is None or self.discourse.steps[sentence] - self.discourse.steps[at] > REACH:
                continue
            actor: Actor = self.doc._.actors[speaker.actor]
            if actor.type == "ORG" and actor.name.lower().endswith(base + "distrikt"):
                return self._speaker(speaker.actor, head)
        return None


def _without_party(base: str) -> str:
    """`representant` of `Ap-representant`; short nouns (`sjef`) tell too little by themselves."""
    tail = base.rpartition("-")[2]
    return tail if len(tail) > 6 else base


def _ends_like_people(word: str) -> bool:
    """Whether a noun that is no office ends as those of people do: `trønderen`, `bergensaren`."""
    return role_base(word) is None and word.endswith(("eren", "aren"))


def _is_epithet(word: str) -> bool:
    """Whether a definite noun is what anybody may be called: `34-åringen`, `svensken`, `rapperen`."""
    base = role_base(word) or word
    epithets = tuple(lexicon.load("roles")["epithets"])
    forms = (base, *(word.removesuffix(ending) for ending in ("en", "n", "a", "et")))
    return word in inhabitants() or any(form.endswith(epithets) for form in forms)


def _may_be_called(role: str, word: str) -> bool:
    """Whether whoever has a role may be meant by another office: `statsråden` of a minister, `Ap-lederen` of `(Ap)`."""
    party = word.partition("-")[0]
    if "-" in word and f"({party})" in role.lower():
        return True
    bases = [*role_bases(role), *(r.split("-")[-1] for r in role.lower().split())]
    base = role_base(word) or word
    return any(
        base.endswith(tuple(offices)) and any(r.endswith(tuple(offices)) for r in bases)
        for offices in lexicon.load("roles")["same_office"]
    )

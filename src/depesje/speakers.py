"""Sources resolved to actors: names, pronouns (`sier han`) and definite descriptions (`statsministeren mener`)."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection
from dataclasses import dataclass

from spacy.tokens import Doc

from depesje import lexicon
from depesje.actors import add_group, role_base
from depesje.annotations import Actor, Mention
from depesje.roles import is_office, noun_gender
from depesje.syntax import Sentence, Syntax

_MALE = frozenset({"han", "ham"})
_FEMALE = frozenset({"hun", "ho", "henne"})
_POSSESSIVE = {"hans": "male", "hennes": "female", "hennar": "female"}
_PLURAL = frozenset({"de", "dei", "begge", "dem", "alle", "deres", "deira"})
#: How far back a pronoun looks, in sentences and in mentions.
_REACH = 12
_LOOKED_AT = 40
#: So many steps back somebody may have spoken whom a role noun then means.
_NEAR = 2
#: In so many sentences at the beginning, a role may stand before the name that it belongs to.
_OPENING = 5
#: Tokens that are read backwards; it keeps the reading linear where sentences never end.
_TOKENS = 150
_ROLE_ENDS = frozenset({"i", "på", "for", "til", "av", "ved", "fra", "frå", "som", "med", "hos", "om"})
_DEFINITE = ("en", "et", "a", "ene", "ane", "n", "t")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a statement is attributed to, and where that is named.

    Attributes
    ----------
    name
        The actor's fullest name, or the noun phrase as written.
    actor
        Index into ``doc._.actors``, if there is one.
    start, end
        Characters of the mention, noun phrase or pronoun.
    named
        Whether the source has a name.
    """

    name: str
    actor: int | None
    start: int
    end: int
    named: bool


class SpeakerResolver:
    """Resolves the sources of one document, called in the order of the text.

    Parameters
    ----------
    syntax
        The document's sentences and relations; ``doc._.actors`` is read.
    quoted
        The sentences of direct speech, by index: whom they name is talked about.
    """

    def __init__(self, syntax: Syntax, quoted: Collection[int] = ()) -> None:
        self.syntax = syntax
        self.quoted = quoted
        self._steps = self._count_steps()
        self.doc: Doc = syntax.doc
        self.text = syntax.text
        self._by_token: dict[int, tuple[int, Mention]] = {}
        self._persons: list[tuple[int, int, int]] = []  # token, end token, actor
        self._gender: dict[int, str] = {}
        self._spoken: list[tuple[int, Speaker]] = []  # sentence, speaker
        self._groups: dict[str, Speaker] = {}
        self._read_actors()

    def _count_steps(self) -> list[int]:
        """How far into the narration each sentence stands: a whole quotation is one step."""
        steps, step = [], 0
        for sentence in self.syntax.sentences:
            runs_on = sentence.index in self.quoted and sentence.index - 1 in self.quoted
            step += not runs_on or sentence.dash
            steps.append(step)
        return steps

    def _is_quoted(self, sentence: Sentence) -> bool:
        return sentence.dash or sentence.index in self.quoted

    def _read_actors(self) -> None:
        self._starts = starts = [t.idx for t in self.doc]
        for index, actor in enumerate(self.doc._.actors):
            if actor.gender:
                self._gender[index] = "female" if actor.gender[0].lower() in "fk" else "male"
            if actor.type == "GROUP":
                continue
            for mention in actor.mentions:
                first = max(0, bisect_left(starts, mention.start + 1) - 1)
                last = bisect_left(starts, mention.end)
                for token in range(first, last):
                    self._by_token.setdefault(token, (index, mention))
                if actor.type == "PER":
                    self._persons.append((first, last, index))
        self._persons.sort()
        self._person_starts = [p[0] for p in self._persons]

    # What is asked

    def resolve(self, source: tuple[int, int, int]) -> Speaker | None:
        """Resolve a noun phrase.

        Parameters
        ----------
        source
            First token, last token (exclusive) and head of the noun phrase.

        Returns
        -------
        Speaker or None
            None if the phrase is a pronoun that nobody in the text fits.
        """
        first, last, head = source
        if not any(map(str.isalnum, self.doc[first:last].text)):
            return None
        lower = self.doc[head].lower_
        is_name = head in self._by_token
        if not is_name and ((last - first == 1 and lower in _MALE | _FEMALE) or lower in _POSSESSIVE):
            return self._person_pronoun(head)
        if last - first == 1 and lower in _PLURAL:
            return self._plural_pronoun(head)
        joint = self._joint(first, last, head)
        if joint:
            return joint
        return (
            self._named(first, last, head) or self._described(first, last, head) or self._unnamed(first, last)
        )

    def remember(self, speaker: Speaker, sentence: int) -> None:
        """Note that someone has spoken: the next `sier han` is likely the same."""
        self._spoken.append((sentence, speaker))

    def _spoken_until(self, sentence: int) -> list[tuple[int, Speaker]]:
        """The last few who spoke, up to a sentence."""
        last = bisect_right(self._spoken, sentence, key=lambda s: s[0])
        return self._spoken[max(0, last - 4) : last]

    def person_at(self, token: int) -> Speaker | None:
        """The person whose name stands at a token, or the one that a pronoun there means."""
        named = self._by_token.get(token)
        if named:
            return self._speaker(*named) if self._is_person(token) else None
        is_pronoun = self.doc[token].lower_ in _MALE | _FEMALE
        return self._person_pronoun(token) if is_pronoun else None

    def names(self, actor: int, sentence: Sentence) -> bool:
        """Whether a sentence names this person."""
        at = bisect_left(self._person_starts, sentence.first)
        while at < len(self._persons) and self._persons[at][0] < sentence.last:
            if self._persons[at][2] == actor:
                return True
            at += 1
        return False

    def person_in(self, first: int, last: int, rather: int | None = None) -> Speaker | None:
        """The only person named between two tokens, or the one that is a subject there; `rather` goes first."""
        at = bisect_left(self._person_starts, first)
        found: dict[int, int] = {}
        while at < len(self._persons) and self._persons[at][0] < last:
            token, _, actor = self._persons[at]
            is_better = actor not in found or self.doc[token].dep_ == "SUBJ"
            if is_better and not self._is_genitive(self._persons[at][1] - 1):
                found[actor] = token
            at += 1
        subjects = {a: t for a, t in found.items() if self.doc[t].dep_ == "SUBJ"}
        chosen = found if len(found) == 1 else subjects
        if rather in found:
            chosen = {rather: found[rather]}
        if len(chosen) != 1:
            return None
        actor, token = next(iter(chosen.items()))
        return self._speaker(actor, self._by_token[token][1])

    # Names

    def _speaker(self, actor: int, mention: Mention) -> Speaker:
        value: Actor = self.doc._.actors[actor]
        return Speaker(value.name, actor, mention.start, mention.end, value.type != "GROUP")

    def _named(self, first: int, last: int, head: int) -> Speaker | None:
        """The actor whose name heads the phrase or stands in apposition to its head."""
        own = self._by_token.get(head)
        if own and self.doc._.actors[own[0]].type == "PER":
            return self._namesake(head) or self._speaker(*own)
        tied = [c for c in self.syntax.children[head] if self.doc[c].dep_ in {"APP", "FLAT"}]
        _, phrase_end = self.syntax.edges(head)
        beside = [c for c in tied if c in self._by_token and self._is_person(c)]
        if beside:
            return self._speaker(*self._by_token[beside[0]])
        if own:
            return self._speaker(*own)
        following = self._by_token.get(head + 1)  # `talsmann Ola Nordmann`, whatever the parse says
        if following and head + 1 < max(last, phrase_end) and self._is_title(head):
            return self._speaker(*following)
        closing = self._by_token.get(max(phrase_end, last) - 1)  # `lederen for X, Ola Nordmann`
        if closing and self.doc._.actors[closing[0]].type == "PER":
            before = self._token_before(closing[1])
            if before is not None and self.doc[before].text == ",":
                return self._speaker(*closing)
        with_name = [c for c in tied if c in self._by_token and not self._is_genitive(c)]
        return self._speaker(*self._by_token[with_name[0]]) if with_name else None

    def _namesake(self, head: int) -> Speaker | None:
        """`pappa Berg` where `pappa Ola Berg` was named: that one, not the Berg the text is about."""
        actor, mention = self._by_token[head]
        if not head or " " in mention.text or self.doc[head - 1].pos_ != "NOUN":
            return None
        title, name = self.doc[head - 1].lower_, mention.text
        at = bisect_left(self._person_starts, head)
        for k in range(at - 1, max(-1, at - _LOOKED_AT), -1):
            first, last, other = self._persons[k]
            same_title = first > 0 and self.doc[first - 1].lower_ == title
            if other != actor and same_title and self.doc[last - 1].text == name:
                return self._speaker(other, mention)
        return None

    def _is_title(self, head: int) -> bool:
        """Whether the noun at `head` is the title of the name behind it, not the head of a clause about it."""
        beside = self.doc[head + 1]
        return (
            self.doc[head].pos_ == "NOUN"
            and beside.dep_ not in {"SUBJ", "FSUBJ"}
            and not self._is_genitive(head + 1)
        )

    def _token_before(self, mention: Mention) -> int | None:
        first = bisect_left(self._starts, mention.start)
        return first - 1 if first else None

    def _is_person(self, token: int) -> bool:
        return self.doc._.actors[self._by_token[token][0]].type == "PER"

    def _is_genitive(self, token: int) -> bool:
        word = self.doc[token]
        if word.dep_ == "FLAT":  # `Bodø/Glimts daglige leder`
            word = word.head
        named = self._by_token.get(token)
        if named and named[1].text.endswith("s"):
            words = {w.lower() for w in self.doc._.actors[named[0]].name.split()}
            if named[1].text.split()[-1].lower() not in words:
                return True
        return word.dep_ == "DET" or "Gen" in word.morph.get("Case", [])

    def _joint(self, first: int, last: int, head: int) -> Speaker | None:
        """Coordinated sources stay one phrase, each name in full."""
        parts = [head]
        for part in parts:
            parts += [
                c for c in self.syntax.children[part] if self.doc[c].dep_ == "KOORD" and first <= c < last
            ]
            if len(parts) > 8:
                break
        parts.sort()
        if len(parts) < 2:
            return None
        named = {p: self._by_token[p] for p in parts if p in self._by_token and not self._is_genitive(p)}
        start, end = self.doc[first].idx, self.doc[last - 1].idx + len(self.doc[last - 1])
        if len(named) != len(parts):
            if any(self._is_person(p) for p in named):
                return None
            return self._unnamed(first, last)
        names = [self.doc._.actors[a].name for a, _ in named.values()]
        if len(set(names)) < 2:
            return None
        return Speaker(", ".join(names[:-1]) + " og " + names[-1], named[parts[0]][0], start, end, True)

    # Unnamed sources

    def _unnamed(self, first: int, last: int) -> Speaker:
        start, end = self.doc[first].idx, self.doc[last - 1].idx + len(self.doc[last - 1])
        text = " ".join(self.text[start:end].split())
        actor = add_group(self.doc, start, end)
        actors = self.doc._.actors
        if not (0 <= actor < len(actors) and actors[actor].type == "GROUP"):
            return Speaker(text, None, start, end, False)
        return Speaker(text, actor, start, end, False)

    def _described(self, first: int, last: int, head: int) -> Speaker | None:
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
            k for k in range(first, head) if self.doc[k].dep_ not in {"DET"} or self._by_token.get(k)
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
            self._groups[base] = self._unnamed(first, last)

    def _earlier_group(self, base: str, first: int, last: int) -> Speaker | None:
        """`Kilden` after `en kilde nær regjeringen`."""
        earlier = self._groups.get(base)
        if earlier is None or _is_of(base, "documents"):
            return None
        start, end = self.doc[first].idx, self.doc[last - 1].idx + len(self.doc[last - 1])
        return Speaker(earlier.name, earlier.actor, start, end, False)

    def _by_role(self, base: str, head: int) -> Speaker | None:
        """The person of this role that was named last, or else is named next."""
        at = bisect_left(self._person_starts, head)
        order = [*range(at - 1, max(-1, at - 80), -1)]
        if self.syntax.sentence_of(head).index < _OPENING:  # a heading may come before the name
            order += range(at, min(len(self._persons), at + 20))
        for k in order:
            token, end, actor = self._persons[k]
            if self._has_role(actor, token, end, base):
                mention = self.doc[head]
                name = self.doc._.actors[actor].name
                return Speaker(name, actor, mention.idx, mention.idx + len(mention), True)
        return None

    def _by_nearness(self, head: int) -> Speaker | None:
        """`treneren` or `34-åringen` right after someone has spoken whose role is unknown: most likely the same."""
        token = self.doc[head]
        sentence = self.syntax.sentence_of(head).index
        spoken = self._spoken_until(sentence)
        is_age = token.lower_.endswith("åringen")
        if "Plur" in token.morph.get("Number", []) or not (is_age or is_office(token.text)) or not spoken:
            return None
        at, speaker = spoken[-1]
        if speaker.actor is None or self._steps[sentence] - self._steps[at] > _NEAR:
            return None
        actor: Actor = self.doc._.actors[speaker.actor]
        gender = noun_gender(role_base(token.lower_) or "")
        fits = gender is None or self._gender.get(speaker.actor, gender)[0] == ("f" if gender == "f" else "m")
        if actor.type != "PER" or (actor.role and not is_age) or not fits:
            return None
        return Speaker(actor.name, speaker.actor, token.idx, token.idx + len(token), True)

    def _has_role(self, actor: int, token: int, end: int, base: str) -> bool:
        role = self.doc._.actors[actor].role or ""
        words = []
        for word in role.lower().replace("-", " ").split():
            if word in _ROLE_ENDS:  # `sønn av treneren` is no trainer
                break
            words.append(role_base(word) or word)
        words += self._titles(token, end)
        return any(_same_role(word, base) for word in words)

    def _titles(self, token: int, end: int) -> list[str]:
        """The nouns that stand before a name or in apposition to it."""
        tied = (
            [c for c in self.syntax.children[token] if self.doc[c].dep_ == "APP"]
            if self.syntax.parsed
            else []
        )
        before = self.doc[token - 1] if token else None
        linked = before is not None and (before.head.i == token or self.doc[token].head.i == token - 1)
        if before is not None and before.pos_ == "NOUN" and (linked or not self.syntax.parsed):
            tied.append(before.i)
        return [(role_base(self.doc[c].lower_) or self.doc[c].lemma_.lower()) for c in tied]

    def _by_kind(self, base: str, lower: str, head: int) -> Speaker | None:
        """`avisen` after `avisen X`, `partiet` after a name that ends so."""
        sentence = self.syntax.sentence_of(head)
        start = self.syntax.sentences[max(0, sentence.index - _REACH)].first
        for token in range(head - 1, max(start, head - 3 * _TOKENS) - 1, -1):
            named = self._by_token.get(token)
            if named is None or self.doc._.actors[named[0]].type == "PER" or self._is_genitive(token):
                continue
            name = self.doc._.actors[named[0]].name.lower()
            titles = self._titles(token, token + 1)
            if self.doc[token].head.i == token - 1 and self.doc[token].dep_ in {"APP", "FLAT"}:
                titles.append(self.doc[token - 1].lemma_.lower())
            if any(_same_role(t, base) for t in titles) or (len(base) > 3 and name.endswith((base, lower))):
                word = self.doc[head]
                return Speaker(
                    self.doc._.actors[named[0]].name, named[0], word.idx, word.idx + len(word), True
                )
        return None

    # Pronouns

    def _person_pronoun(self, head: int) -> Speaker | None:
        token = self.doc[head]
        gender = "male" if token.lower_ in _MALE else _POSSESSIVE.get(token.lower_, "female")
        sentence = self.syntax.sentence_of(head)
        best: tuple[float, int] | None = None
        at = bisect_left(self._person_starts, head) - 1
        for k in range(at, max(-1, at - _LOOKED_AT), -1):
            score = self._fit(k, head, gender, sentence.index)
            if score is not None and (best is None or score > best[0]):
                best = score, self._persons[k][2]
        spoken = self._unnamed_speaker(sentence.index)
        if spoken and (best is None or best[0] < spoken[0]):
            return Speaker(spoken[1].name, spoken[1].actor, token.idx, token.idx + len(token), False)
        if best is None:
            return self._noun_before(head, sentence.index)
        self._gender.setdefault(best[1], gender)
        name = self.doc._.actors[best[1]].name
        return Speaker(name, best[1], token.idx, token.idx + len(token), True)

    def _fit(self, k: int, head: int, gender: str, sentence: int) -> float | None:
        """How well the `k`-th mention of a person fits a pronoun; None if it cannot."""
        first, last, actor = self._persons[k]
        known = self._gender.get(actor)
        if known and known != gender:
            return None
        at = self.syntax.sentence_of(first)
        distance = self._steps[sentence] - self._steps[at.index]
        is_quoted = self._is_quoted(at)
        if distance > _REACH:
            return None
        spoken = self._spoken_until(sentence)
        is_last_speaker = bool(spoken) and spoken[-1][1].actor == actor
        named_as_source = any(
            s.start == self.doc[first].idx or (s.actor == actor and i == at.index) for i, s in spoken
        )
        score = -float(distance)
        score += 1.5 if known else 0.0
        score += 1.5 if self.doc[first].dep_ == "SUBJ" and not is_quoted else 0.0
        score += 2.0 if is_last_speaker else 0.0
        score -= 1.0 if self._is_genitive(last - 1) else 0.0
        if is_quoted and not named_as_source and distance:  # talked about, not talking
            score -= 3.0
        is_behind = self.doc[head].head.i < head  # `sier han`: not one whom the quotation names
        if distance == 0 and is_quoted and (is_behind or self.doc[first].dep_ != "SUBJ"):
            return None
        return score

    def _unnamed_speaker(self, sentence: int) -> tuple[float, Speaker] | None:
        spoken = self._spoken_until(sentence)
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
                found = self._unnamed(*self.syntax.noun_phrase(k))
                token = self.doc[head]
                return Speaker(found.name, found.actor, token.idx, token.idx + len(token), False)
        return None

    def _plural_pronoun(self, head: int) -> Speaker | None:
        """`de` of a plural subject in the sentence or the two before, or of the last speaker that is many."""
        token = self.doc[head]
        sentence = self.syntax.sentence_of(head)
        before = self.syntax.sentences[max(0, sentence.index - 2)]
        is_behind = token.head.i < head  # `skriver de`: not those whom the quotation names
        for k in range(head - 1, max(before.first, head - _TOKENS) - 1, -1):
            within = self.syntax.sentence_of(k)
            if within.index in self.quoted or (is_behind and within is sentence):
                continue
            candidate = self.doc[k]
            is_many = "Plur" in candidate.morph.get("Number", []) or self.syntax.child(k, "KOORD") is not None
            is_many = is_many or _is_of(candidate.lemma_.lower(), "people") or k in self._by_token
            is_many = is_many and not self._is_genitive(k)
            is_person = k in self._by_token and self._is_person(k) and self.syntax.child(k, "KOORD") is None
            if candidate.dep_ == "SUBJ" and is_many and not is_person and candidate.pos_ in {"NOUN", "PROPN"}:
                first, last = self.syntax.noun_phrase(k)
                found = (
                    self._joint(first, last, k) or self._named(first, last, k) or self._unnamed(first, last)
                )
                return Speaker(found.name, found.actor, token.idx, token.idx + len(token), found.named)
        return self._many(head, sentence.index)

    def _many(self, head: int, sentence: int) -> Speaker | None:
        """The last speaker that is more than one person."""
        token = self.doc[head]
        for at, speaker in reversed(self._spoken_until(sentence)):
            if speaker.actor is None or self._steps[sentence] - self._steps[at] > _REACH:
                continue
            actor: Actor = self.doc._.actors[speaker.actor]
            if actor.type != "PER" or actor.name != speaker.name:  # a body, or `A og B`
                return Speaker(speaker.name, speaker.actor, token.idx, token.idx + len(token), speaker.named)
        return None

    def is_person_like(self, speaker: Speaker) -> bool:
        """Whether a speaker is a person or unnamed, so that a dash without attribution may be theirs."""
        return speaker.actor is None or self.doc._.actors[speaker.actor].type in {"PER", "GROUP"}


def _is_of(base: str, table: str) -> bool:
    return base.endswith(tuple(lexicon.load("cues")[table]["nouns"]))


def _same_role(word: str, base: str) -> bool:
    """`statsminister` and `minister`, `talsmann` and `militærtalsmann`: one is the other's last part."""
    if word == base:
        return True
    short, long = sorted((word, base), key=len)
    return len(short) >= 4 and long.endswith(short)

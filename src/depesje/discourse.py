"""The discourse: who has been named and who has spoken up to each place in a text."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import takewhile

from spacy.tokens import Doc

from depesje import lexicon
from depesje.actors import add_group, role_base
from depesje.annotations import Actor, Mention
from depesje.cues import word_class
from depesje.names import look_up
from depesje.syntax import Sentence, Syntax

_ROLE_ENDS = frozenset({"i", "på", "for", "til", "av", "ved", "fra", "frå", "som", "med", "hos", "om"})
#: How far back a pronoun or noun looks, in steps of the narration.
REACH = 12


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


class Discourse:
    """The persons and speakers of one document, called in the order of the text.

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
        self.steps = self._count_steps()
        self.doc: Doc = syntax.doc
        self.text = syntax.text
        self.by_token: dict[int, tuple[int, Mention]] = {}
        self.persons: list[tuple[int, int, int]] = []  # token, end token, actor
        self.media: list[tuple[int, int]] = []  # token, actor
        self.gender: dict[int, str] = {}
        self._titles: dict[int, list[str]] = {}
        self._roles: dict[int, list[str]] = {}
        self.spoken: list[tuple[int, Speaker]] = []  # sentence, speaker
        self._read_actors()

    def _count_steps(self) -> list[int]:
        """How far into the narration each sentence stands: a whole quotation is one step."""
        steps, step = [], 0
        for sentence in self.syntax.sentences:
            runs_on = sentence.index in self.quoted and sentence.index - 1 in self.quoted
            step += not runs_on or sentence.dash
            steps.append(step)
        return steps

    def _read_actors(self) -> None:
        self.starts = starts = [t.idx for t in self.doc]
        for index, actor in enumerate(self.doc._.actors):
            if actor.gender:
                self.gender[index] = "female" if actor.gender[0].lower() in "fk" else "male"
            if actor.type == "GROUP":
                continue
            for mention in actor.mentions:
                first = max(0, bisect_left(starts, mention.start + 1) - 1)
                last = bisect_left(starts, mention.end)
                for token in range(first, last):
                    self.by_token.setdefault(token, (index, mention))
                if self._is_credit(first, last):
                    continue
                if actor.type == "PER":
                    self.persons.append((first, last, index))
                elif actor.type == "ORG" and self._is_medium(actor, first):
                    self.media.append((first, index))
        self.persons.sort()
        self.person_starts = [p[0] for p in self.persons]
        self.media.sort()
        self._media = {actor for _, actor in self.media}

    def _is_credit(self, first: int, last: int) -> bool:
        """Whether a name is a photographer's, a writer's or a tag's: nobody whom the text is about."""
        before = {t.lower_.strip(":(") for t in self.doc[max(0, first - 3) : first]}
        if before & word_class("credits") or "/" in self.doc[max(0, first - 1) : last + 1].text:
            return True
        sentence = self.syntax.sentence_of(first)
        start = sentence.first + (self.doc[sentence.first].lower_ in word_class("bylines"))
        return first == start and last >= sentence.last

    def _is_medium(self, actor: Actor, first: int) -> bool:
        """Whether a name is a newspaper's, a channel's or an agency's: by lexicon, end, or a noun in front."""
        words = tuple(actor.name.split())
        if any(known.kind == "media" for known in look_up(words)):
            return True
        nouns = tuple(lexicon.load("institutions")["media_nouns"])
        ends = tuple(lexicon.load("institutions")["newspapers"])
        return words[-1].lower().endswith(ends) or any(title.endswith(nouns) for title in self.titles(first))

    def mention(self, actor: int, token: int) -> None:
        """Note that a noun means a person: `statsministeren`."""
        entry = (token, token + 1, actor)
        insort(self.persons, entry)
        insort(self.person_starts, token)

    def is_medium(self, actor: int) -> bool:
        """Whether an actor is a newspaper, a channel or an agency."""
        return actor in self._media

    def remember(self, speaker: Speaker, sentence: int) -> None:
        """Note that someone has spoken: the next `sier han` is likely the same."""
        self.spoken.append((sentence, speaker))

    def fit(self, k: int, head: int, gender: str | None, sentence: int) -> float | None:
        """How well the `k`-th mention of a person fits a pronoun or noun of a gender; None if it cannot."""
        first, last, actor = self.persons[k]
        known = self.gender.get(actor)
        if known and gender and known != gender:
            return None
        at = self.syntax.sentence_of(first)
        distance = self.steps[sentence] - self.steps[at.index]
        is_quoted = self.is_quoted(at)
        if distance > REACH:
            return None
        spoken = self.spoken_until(sentence)
        is_last_speaker = bool(spoken) and spoken[-1][1].actor == actor
        named_as_source = any(
            s.start == self.doc[first].idx or (s.actor == actor and i == at.index) for i, s in spoken
        )
        score = -float(distance)
        score += 1.5 if known else 0.0
        score += 1.5 if self.doc[first].dep_ == "SUBJ" and not is_quoted else 0.0
        score += 2.0 if is_last_speaker else 0.0
        score -= 1.0 if self.is_genitive(last - 1) else 0.0
        if is_quoted and not named_as_source and distance:  # talked about, not talking
            score -= 3.0
        is_behind = self.doc[head].head.i < head  # `sier han`: not one whom the quotation names
        if distance == 0 and is_quoted and (is_behind or self.doc[first].dep_ != "SUBJ"):
            return None
        return score

    def spoken_until(self, sentence: int) -> list[tuple[int, Speaker]]:
        """The last few who spoke, up to a sentence."""
        last = bisect_right(self.spoken, sentence, key=lambda s: s[0])
        return self.spoken[max(0, last - 4) : last]

    def names(self, actor: int, sentence: Sentence) -> bool:
        """Whether a sentence names this person."""
        at = bisect_left(self.person_starts, sentence.first)
        while at < len(self.persons) and self.persons[at][0] < sentence.last:
            if self.persons[at][2] == actor:
                return True
            at += 1
        return False

    def person_in(self, first: int, last: int, rather: int | None = None) -> Speaker | None:
        """The only person named between two tokens, or the one that is a subject there; `rather` goes first."""
        at = bisect_left(self.person_starts, first)
        found: dict[int, int] = {}
        while at < len(self.persons) and self.persons[at][0] < last:
            token, _, actor = self.persons[at]
            is_better = actor not in found or self.doc[token].dep_ == "SUBJ"
            if is_better and not self.is_genitive(self.persons[at][1] - 1):
                found[actor] = token
            at += 1
        subjects = {a: t for a, t in found.items() if self.doc[t].dep_ == "SUBJ"}
        chosen = found if len(found) == 1 else subjects
        if rather in found:
            chosen = {rather: found[rather]}
        if len(chosen) != 1:
            return None
        actor, token = next(iter(chosen.items()))
        named = self.by_token.get(token)
        word = self.doc[token]
        mention = named[1] if named else Mention(word.idx, word.idx + len(word), word.text, "PER")
        return self.speaker(actor, mention)

    def is_quoted(self, sentence: Sentence) -> bool:
        return sentence.dash or sentence.index in self.quoted

    def is_person(self, token: int) -> bool:
        return self.doc._.actors[self.by_token[token][0]].type == "PER"

    def is_genitive(self, token: int) -> bool:
        word = self.doc[token]
        if word.dep_ == "FLAT":  # `Bodø/Glimts daglige leder`
            word = word.head
        named = self.by_token.get(token)
        if named and named[1].text.endswith("s"):
            words = {w.lower() for w in self.doc._.actors[named[0]].name.split()}
            if named[1].text.split()[-1].lower() not in words:
                return True
        return word.dep_ == "DET" or "Gen" in word.morph.get("Case", [])

    def titles(self, token: int) -> list[str]:
        """The nouns that stand before a name or in apposition to it."""
        if token not in self._titles:
            self._titles[token] = list(self._read_titles(token))
        return self._titles[token]

    def _read_titles(self, token: int) -> Iterator[str]:
        doc = self.doc
        tied = [c for c in self.syntax.children[token] if self.syntax.parsed and doc[c].dep_ == "APP"]
        before = doc[token - 1] if token else None
        if before is not None and before.pos_ == "NOUN":
            linked = before.head.i == token or doc[token].head.i == token - 1
            if not self.syntax.parsed or (linked and before.dep_ != "PUTFYLL"):
                tied.append(before.i)
        for c in tied:
            yield role_base(doc[c].lower_) or doc[c].lemma_.lower()

    def has_role(self, actor: int, token: int, base: str) -> bool:
        """Whether a person has a role by what the text tells of them, or by what stands with the name at a token."""
        if actor not in self._roles:
            role = (self.doc._.actors[actor].role or "").lower().replace("-", " ").split()
            own = takewhile(lambda word: word not in _ROLE_ENDS, role)  # `sønn av treneren` is no trainer
            self._roles[actor] = [role_base(word) or word for word in own]
        words = (*self._roles[actor], *self.titles(token))
        return any(same_role(word, base) for word in words)

    def speaker(self, actor: int, mention: Mention) -> Speaker:
        value: Actor = self.doc._.actors[actor]
        return Speaker(value.name, actor, mention.start, mention.end, value.type != "GROUP")

    def unnamed(self, first: int, last: int) -> Speaker:
        start, end = self.doc[first].idx, self.doc[last - 1].idx + len(self.doc[last - 1])
        text = " ".join(self.text[start:end].split())
        actor = add_group(self.doc, start, end)
        actors = self.doc._.actors
        if not (0 <= actor < len(actors) and actors[actor].type == "GROUP"):
            return Speaker(text, None, start, end, False)
        return Speaker(text, actor, start, end, False)


def same_role(word: str, base: str) -> bool:
    """`statsminister` and `minister`, `talsmann` and `militærtalsmann`: one is the other's last part."""
    if word == base:
        return True
    short, long = sorted((word, base), key=len)
    return len(short) >= 4 and long.endswith(short)

"""Source phrases: `ifølge X`, `i følge X` and `etter det X erfarer`, with the clause that they stand in."""

from depesje.attribution import Attribution, Kind, Phrase
from depesje.attribution_words import Words
from depesje.cues import cue_forms, listed, word_class
from depesje.syntax import Sentence, Syntax

#: Tokens of a clause that are looked through for its words.
_LONGEST = 300
#: Tokens in which `etter det X erfarer` has its verb.
_SHORT = 10


class SourcePhrases:
    """Reads the source phrases of one document."""

    def __init__(self, syntax: Syntax, words: Words) -> None:
        self.syntax = syntax
        self.doc = syntax.doc
        self.words = words

    def read(self, i: int, sentence: Sentence) -> Attribution | None:
        """The source phrase that begins at token `i`."""
        return self._according(i, sentence) or self._knowledge(i, sentence) or self._as_said(i, sentence)

    def _as_said(self, i: int, sentence: Sentence) -> Attribution | None:
        """`som avisen tidligere har skrevet, …`: what X has said is the clause around it."""
        doc, syntax = self.doc, self.syntax
        opens = not any(doc[k].is_alpha for k in range(sentence.first, i))
        if doc[i].lower_ != "som" or not (opens or doc[i - 1].text == ","):
            return None
        behind = range(i + 1, min(i + _SHORT, sentence.last - 1))
        finite = next((k for k in behind if syntax.is_finite(k) or doc[k].text in {",", ":"}), None)
        head = syntax.child(finite, "SUBJ") if finite is not None else None
        if finite is None or head is None or not i < head < finite or not self.words.can_speak(head):
            return None
        last = finite + 1
        while last < sentence.last and (doc[last].pos_ in {"ADV", "ADJ", "PART"} or self._is_said(last)):
            last += 1
        said = [k for k in range(finite, last) if self._is_said(k)]
        first, end = syntax.noun_phrase(head)
        source, cue = (max(first, i + 1), min(end, finite), head), tuple(said[-1:])
        if said and last == sentence.last - 1 and doc[last].text == ":":
            return Attribution("colon", sentence.index, cue, source, None, "asserted")
        ends = last < sentence.last and (doc[last].text == "," or (opens and syntax.is_finite(last)))
        content, kind = self._around(i, last, sentence, finite) if said and ends else (None, "forward")
        if content is None:
            return None
        return Attribution(kind, sentence.index, cue, source, content, "asserted", group="preposition")

    def _is_said(self, i: int) -> bool:
        """Whether a token is a verb of saying."""
        cues = cue_forms().get(self.doc[i].lower_, ())
        return self.doc[i].pos_ in {"VERB", "AUX"} and any(
            cue.group in {"say", "claim", "confirm", "admit"} and not cue.particles for cue in cues
        )

    def _knowledge(self, i: int, sentence: Sentence) -> Attribution | None:
        """`etter det X erfarer`, `så vidt X kjenner til`."""
        doc = self.doc
        opener = doc[i : i + 2].text.lower() if i + 3 < sentence.last else ""
        if opener not in word_class("knowledge_openers"):
            return None
        behind = range(i + 2, min(i + 2 + _SHORT, sentence.last))
        finite = next((k for k in behind if self.syntax.is_finite(k) or doc[k].is_punct), None)
        if finite is None or finite == i + 2 or doc[finite].lemma_ not in word_class("knowledge"):
            return None
        head = self.syntax.child(finite, "SUBJ")
        head = finite - 1 if head is None or not i + 1 < head < finite else head
        last = finite + 1
        while last < sentence.last and doc[last].lower_ in word_class("knowledge_particles"):
            last += 1
        needs_more = doc[finite].lemma_ in {"få", "ha", "kjenne"}
        if not self.words.can_speak(head) or (needs_more and last == finite + 1):
            return None
        content, kind = self._around(i, last, sentence)
        source, cue = (i + 2, finite, head), tuple(range(finite, last))
        if content is None:
            return None
        return Attribution(kind, sentence.index, cue, source, content, "asserted", group="preposition")

    def _according(self, i: int, sentence: Sentence) -> Attribution | None:
        """`ifølge X` and `i følge X`."""
        doc = self.doc
        words: tuple[int, ...] = (i,)
        lower = doc[i].lower_
        if lower not in {"ifølge", "ifølgje"}:
            if lower != "i" or i + 1 >= sentence.last or doc[i + 1].lower_ not in {"følge", "følgje"}:
                return None
            words = (i, i + 1)
        source = self._behind_preposition(words, sentence)
        if source is None:
            return None
        source = self._within_clause(source, i, sentence)
        last = source[1]
        if doc[source[2]].lemma_.lower() in listed("not_speakers", "nouns"):
            return None
        content, kind = self._around(i, last, sentence)
        if content is None:
            return None
        return Attribution(kind, sentence.index, words, source, content, "asserted", group="preposition")

    def _within_clause(self, source: Phrase, i: int, sentence: Sentence) -> Phrase:
        """`Den er ifølge naboene | i dårlig stand`: the source, without the clause's own words behind it."""
        doc, (first, last, head) = self.doc, source
        if i == sentence.first or not self.syntax.is_finite(i - 1):
            return source
        own = word_class("reflexive_possessives")
        possessive = next((k for k in range(first + 1, last) if doc[k].lower_ in own), None)
        if possessive is not None:
            return first, possessive, possessive - 1
        ends = not any(t.is_alpha for t in doc[last : sentence.last])
        tie = next((k for k in range(head + 1, last) if doc[k].pos_ == "ADP"), None)
        return (first, tie, head) if ends and tie is not None else source

    def _behind_preposition(self, words: tuple[int, ...], sentence: Sentence) -> Phrase | None:
        doc, syntax = self.doc, self.syntax
        inner = None
        for word in words:
            inner = next(
                (
                    c
                    for c in syntax.children[word]
                    if c > words[-1] and doc[c].dep_ in {"PUTFYLL", "ATR", "DET", "APP", "DOBJ"}
                ),
                inner,
            )
        if inner is not None and self.words.can_speak(inner):
            first, last = syntax.noun_phrase(inner)
            return max(first, words[-1] + 1), last, inner
        last = words[-1] + 1
        while (
            last < sentence.last
            and doc[last].pos_ in {"NOUN", "PROPN", "DET", "ADJ", "NUM", "X", ""}
            and doc[last].text not in {",", "."}
            and not doc[last].is_space
        ):
            last += 1
        is_someone = last > words[-1] + 1 and self.words.can_speak(last - 1)
        return (words[-1] + 1, last, last - 1) if is_someone else None

    def _around(
        self, i: int, last: int, sentence: Sentence, within: int | None = None
    ) -> tuple[tuple[int, int] | None, Kind]:
        """The clause that a source phrase from token `i` to `last` belongs to, which is that of its verb `within`."""
        doc, syntax = self.doc, self.syntax
        while last < sentence.last and (trailing := self.words.trails(last)):
            last += trailing
        last = self._behind_relative(last, sentence)
        has_before = any(
            doc[k].is_alpha and doc[k].lower_ not in {"men", "og", "for", "også"}
            for k in range(sentence.first, i)
        )
        has_behind = any(doc[k].is_alpha for k in range(last, sentence.last))
        if not has_before:
            return (
                (self.syntax.start_of(last), self.syntax.end_of(sentence.last - 1)) if has_behind else None
            ), "forward"
        clause = self._clause_of(i if within is None else within)
        first, end = syntax.edges(clause) if clause is not None else (sentence.first, sentence.last)
        if not has_behind or end <= last:
            start = first if first < i and doc[i - 1].text != "," else sentence.first
            return (self.syntax.start_of(start), self.syntax.end_of(i - 1)), "backward"
        opens = doc[i - 1].text == "," or doc[i - 1].pos_ in {"CCONJ", "SCONJ"} or doc[i - 1].lower_ == "at"
        before_in_clause = any(
            doc[k].is_alpha and doc[k].pos_ not in {"CCONJ", "SCONJ"}
            for k in range(max(first, i - _LONGEST), i)
        )
        if not before_in_clause or (opens and clause is not None and clause > i and first >= i):
            return (self.syntax.start_of(last), self.syntax.end_of(end - 1)), "forward"
        while first < i and (
            doc[first].is_punct
            or (doc[first].pos_ in {"CCONJ", "SCONJ"} and doc[first].dep_ in {"KONJ", "SBU"})
        ):
            first += 1
        return (self.syntax.start_of(first), self.syntax.end_of(end - 1)), "forward"

    def _behind_relative(self, last: int, sentence: Sentence) -> int:
        """Where a relative clause behind the source ends: `ifølge X, som leder laget, | er …`."""
        doc = self.doc
        if last + 1 >= sentence.last or doc[last].text != "," or doc[last + 1].lower_ != "som":
            return last
        verb = doc[last + 1].head.i
        return min(self.syntax.edges(verb)[1], sentence.last) if verb > last + 1 else last

    def _clause_of(self, i: int) -> int | None:
        """The finite verb of the clause that token `i` stands in."""
        at = i
        for _ in range(12):
            head = self.doc[at].head.i
            if head == at:
                break
            at = head
            if self.syntax.is_finite(at) and self.doc[at].dep_ != "PAR":
                return at
        return None

"""Cues beside their content: `…, sier X`, `– …, sier X, …`, `Det sier X`, `X sier:`."""

from spacy.tokens import Token

from depesje.attribution import Attribution, Phrase
from depesje.attribution_sources import Sources
from depesje.attribution_words import Words
from depesje.cues import word_class
from depesje.syntax import QUOTES, Sentence, Syntax

_WINDOW = 12
#: Tokens of a sentence that are looked through for a verb.
_LONGEST = 300


class Beside:
    """Finds the attributions of one document that stand beside their content, not over it."""

    def __init__(self, syntax: Syntax, words: Words, sources: Sources) -> None:
        self.syntax = syntax
        self.doc = syntax.doc
        self.words = words
        self.sources = sources

    def follows_quotation(self, i: int, sentence: Sentence) -> bool:
        before = self._before(i, sentence)
        return before is not None and (before.text in {",", "?", "!"} or before.text in QUOTES)

    def _before(self, i: int, sentence: Sentence) -> Token | None:
        """The last token before `i`, across the sentence's border where the parser cut at `?` or `!`."""
        k = i - 1
        while k >= 0 and self.doc[k].is_space:
            k -= 1
        return self.doc[k] if k >= 0 else None

    def opens_class(self, i: int, sentence: Sentence) -> bool:
        """Any verb can carry direct speech in `– …, roper hun`: with a dash or mark, a comma, and a subject behind."""
        token = self.doc[i]
        subject = self.syntax.child(i, "SUBJ")
        before = self._before(i, sentence)
        if not self.syntax.parsed or subject is None or subject < i or before is None or token.is_title:
            return False
        is_aside = token.dep_ == "PAR" and before.text in {",", "?", "!"}
        is_someone = self.doc[subject].ent_type_ == "PER" or self.doc[subject].pos_ == "PRON"
        is_next = subject == i + 1 and self.doc[subject].pos_ in {"PROPN", "PRON"}
        if not (
            token.pos_ == "VERB" and self.syntax.is_finite(i)
        ):  # `istemmer`, which the tagger may not know
            return is_aside and sentence.dash and is_someone and token.pos_ == "NOUN"
        direct = sentence.dash or before.text in QUOTES
        is_titled = is_aside and is_someone and self.syntax.noun_phrase(subject)[0] == i + 1
        return (before.text in QUOTES or is_aside) and direct and (is_next or is_titled)

    def read(
        self, i: int, words: tuple[int, ...], certainty: str, chain: list[int], sentence: Sentence
    ) -> Attribution | None:
        """`…, sier X`: the cue and its source behind the content, or in the middle of it."""
        doc = self.doc
        finite = chain[-1]
        before = self._before(finite, sentence)
        source = self.sources.written_in(i, sentence)
        source = source or (None if self.sources.is_written(i) else self.sources.find(i, chain, sentence))
        if before is None or source is None or source[0] < finite or doc[finite].is_title:
            return None
        leads_in = source[1] < sentence.last and doc[source[1]].text == ":"
        if finite == sentence.first:
            if leads_in:
                return Attribution("colon", sentence.index, words, source, None, certainty)
            if before.text in {"?", "!", "…", "..."} or before.text in QUOTES:
                return Attribution("previous", sentence.index, words, source, None, certainty)
            return None
        divides = before.text in {",", "?", "!", "…", "...", "–", "-", "—"} or before.text in QUOTES
        divides = divides or (sentence.dash and doc[finite].dep_ == "PAR")  # `– Det går bra sier hun`
        if not divides or not (
            self._speech_before(finite, before, sentence) or self._must_be_said(i, source, sentence)
        ):
            return Attribution("colon", sentence.index, words, source, None, certainty) if leads_in else None
        content = self.syntax.start_of(sentence.first), self.syntax.end_of(before.i)
        rest = self._rest(finite, source, sentence)
        return Attribution("backward", sentence.index, words, source, content, certainty, rest)

    def noted(
        self, words: tuple[int, ...], source: Phrase, certainty: str, sentence: Sentence
    ) -> Attribution | None:
        """`Broen stenges, noe Berg bekrefter`: the content is the clause before."""
        doc, noun = self.doc, source[0] - 1
        if noun - 2 < sentence.first or sentence.dash or doc[noun].lower_ not in {"noe", "noko"}:
            return None
        if doc[noun - 1].text != "," or not source[1] <= words[0] <= source[1] + 2:
            return None
        content = self.syntax.start_of(sentence.first), self.syntax.end_of(noun - 2)
        return Attribution("backward", sentence.index, words, source, content, certainty, None, "preposition")

    def _speech_before(self, finite: int, before: Token, sentence: Sentence) -> bool:
        """Whether what stands before `, sier X` is content, not an adverbial (`Da han kom, svarte han`)."""
        token = self.doc[finite]
        if (
            not self.syntax.parsed
            or token.dep_ == "PAR"
            or before.text in QUOTES
            or before.text in {"?", "!"}
        ):
            return True
        if (
            self.syntax.child(finite, "DOBJ") is not None
            and self.doc[self.syntax.child(finite, "DOBJ") or 0].i < finite
        ):
            return True
        root = finite
        for _ in range(20):
            if self.doc[root].head.i == root:
                break
            root = self.doc[root].head.i
        if sentence.first <= root < finite:
            return True
        return self._main_verb_before(finite, sentence)

    def _must_be_said(self, i: int, source: Phrase, sentence: Sentence) -> bool:
        """`Og så videre, sier han.`: where nothing follows, what stands before is what the verb takes."""
        at_end = all(t.is_punct for t in self.doc[source[1] : sentence.last])
        opener = next((t for t in self.doc[sentence.first : i] if t.is_alpha), None)
        is_clause = opener is not None and opener.pos_ == "SCONJ"
        return at_end and not is_clause and self.doc[i].lemma_ in word_class("takes_content")

    def _main_verb_before(self, finite: int, sentence: Sentence) -> bool:
        """Whether a finite verb without subordinator stands before token `finite`."""
        for k in range(max(sentence.first, finite - _LONGEST), finite):
            if self.syntax.is_finite(k) and self.doc[k].dep_ != "ATR" and self.syntax.child(k, "SBU") is None:
                return True
        return False

    def _rest(self, finite: int, source: Phrase, sentence: Sentence) -> tuple[int, int] | None:
        """What goes on behind the attribution: `Det er, sier hun, altfor dyrt`."""
        if not self.syntax.parsed or self.doc[finite].dep_ != "PAR":
            return None
        first = max(self.syntax.edges(finite)[1], source[1])
        if self._breaks_off(finite, source, sentence):
            first = source[1]
        if first >= sentence.last or (
            self.doc[first].text not in {",", "–", "-"} and self.doc[first - 1].text != ","
        ):
            return None
        reach = min(sentence.last, first + _LONGEST)
        words = [k for k in range(first, reach) if self.doc[k].is_alpha]
        inside = [
            k
            for k in words
            if self.doc[k].dep_ in {"APP", "KOORD"} and source[0] <= self.doc[k].head.i < source[1]
        ]
        goes_on = sentence.dash or any(t.text in QUOTES for t in self.doc[first:reach])
        if self._breaks_off(finite, source, sentence):
            inside = []
        opener = self.doc[words[0]].pos_ if words else ""
        if (
            len(words) < 2
            or self.words.is_cue(words[0])
            or inside
            or opener == "SCONJ"
            or (opener == "CCONJ" and not goes_on)
        ):
            return None
        return self.syntax.start_of(first), self.syntax.end_of(sentence.last - 1)

    def _breaks_off(self, finite: int, source: Phrase, sentence: Sentence) -> bool:
        """Whether what stands before `, sier X,` must go on behind it: it ends in its verb, or that comes only then."""
        doc, behind = self.doc, source[1]
        if finite > 1 and doc[finite - 1].text == "," and doc[finite - 2].pos_ == "AUX":
            return True
        is_finite = behind + 1 < sentence.last and self.syntax.is_finite(behind + 1)
        return is_finite and doc[behind].text == "," and not self._main_verb_before(finite, sentence)

    def takes_up(self, i: int, chain: list[int], sentence: Sentence) -> bool:
        """`Det opplyser X.`: the content is what was said before."""
        first = sentence.first
        while first < sentence.last and not self.doc[first].is_alpha:
            first += 1
        return self.doc[first].lower_ in {"det", "dette", "slik"} and chain[-1] == first + 1

    def ends_in_colon(self, i: int, sentence: Sentence) -> bool:
        """`X sier:`, also with the quotation in the same sentence."""
        for k in range(i + 1, min(sentence.last, i + 2 * _WINDOW)):
            if self.doc[k].text == ":":
                return True
            if self.doc[k].text in {";", "«", '"'}:
                return False
        return False

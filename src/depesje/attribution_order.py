"""Content by the order of the words, where the parse hangs it elsewhere."""

from depesje.attribution_extents import Extents
from depesje.cues import Cue, word_class
from depesje.syntax import Sentence, Syntax

_WINDOW = 12
#: Tokens of a relative clause between a source and its content.
_LONGEST_ASIDE = 40
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM"})


class Order:
    """Finds content behind a cue by the words between."""

    def __init__(self, syntax: Syntax, extents: Extents) -> None:
        self.syntax = syntax
        self.doc = syntax.doc
        self.extents = extents

    def clause(self, after: int, sentence: Sentence) -> tuple[int, int] | None:
        """A clause with `at` a few words behind the cue that the parse hangs elsewhere."""
        doc = self.doc
        aside = self._behind_aside(after, sentence)
        if aside is not None:
            return self._to_end(aside, sentence)
        for k in range(after + 1, min(after + _WINDOW, sentence.last - 1)):
            token = doc[k]
            if token.lower_ == "at" and doc[k - 1].lower_ in word_class("other_at"):
                return None  # `etter at …`, `viktigheten av at …`
            if token.lower_ == "at" and (not self.syntax.parsed or token.dep_ == "SBU"):
                if not self.syntax.parsed:
                    return self.syntax.start_of(k + 1), self.syntax.end_of(sentence.last - 1)
                head = token.head.i
                if head <= k:  # the parse has lost the clause's verb
                    return self._to_end(k + 1, sentence)
                if k == after + 1 or doc[head].dep_ in {
                    "DOBJ",
                    "PUTFYLL",
                    "PSUBJ",
                    "POBJ",
                    "APP",
                    "SPRED",
                    "ATR",
                    "ROOT",
                }:
                    return self.extents.find(head, k, sentence)
                return None
            if token.text in {":", ";", "."} or (self.syntax.parsed and self.syntax.is_finite(k)):
                return None
        return None

    def _behind_aside(self, after: int, sentence: Sentence) -> int | None:
        """`sier Berg, som bor i byen, at | …`: where the content begins behind a relative clause."""
        doc = self.doc
        if after + 3 >= sentence.last or doc[after + 1].text != "," or doc[after + 2].lower_ != "som":
            return None
        within = range(after + 3, min(after + _LONGEST_ASIDE, sentence.last - 2))
        return next((k + 2 for k in within if doc[k].text == "," and doc[k + 1].lower_ == "at"), None)

    def loose_clause(self, i: int, after: int, sentence: Sentence) -> tuple[int, int] | None:
        """A clause without `at` whose verb the parse makes another of the cue's, or hangs on who was told."""
        doc, syntax = self.doc, self.syntax
        if after == i and doc[i].dep_ == "PAR" and doc[i + 1].pos_ == "PRON":  # `Moe, naboen, sier han …`
            finite = any(syntax.is_finite(k) for k in range(i + 2, min(i + _WINDOW, sentence.last)))
            return self._to_end(i + 1, sentence) if finite and not sentence.dash else None
        for child in syntax.children[i]:
            if child <= after + 1 or not syntax.is_finite(child) or doc[child].dep_ != "KOORD":
                continue
            nominal = [k for k in range(after + 1, child) if doc[k].pos_ in _NOMINAL]
            if nominal and syntax.child(child, "KONJ", "SUBJ", "SBU") is None:  # `sier breene de ser, minker`
                return self._to_end(nominal[0], sentence)
        for child in syntax.children[i]:  # `sier til avisen | han går av`
            told = syntax.child(child, "PUTFYLL") if doc[child].lower_ in {"til", "overfor"} else None
            clause = syntax.child(told, "ATR") if told is not None else None
            if told is None or doc[told].pos_ == "PRON" or clause is None:
                continue
            if not syntax.is_finite(clause) or doc[clause - 1].pos_ != "PRON":
                continue
            if syntax.child(clause, "SUBJ") == clause - 1 and syntax.child(clause, "SBU") is None:
                return self.extents.find(clause, clause - 2, sentence)
        return None

    def infinitive_beside(self, after: int, cue: Cue, sentence: Sentence) -> tuple[int, int] | None:
        """`opplyser å ha`, `mener å kunne`: an infinitive right behind a verb that takes content."""
        may = cue.lemma in word_class("takes_content") and not cue.particles
        return self.extents.find(after + 1, after, sentence) if may else None

    def request(self, after: int, cue: Cue, sentence: Sentence) -> tuple[int, int] | None:
        """`ber alle som har sett noe | om å melde seg`: the infinitive that the parse hangs elsewhere."""
        for k in range(after + 1, min(after + _WINDOW, sentence.last - 2)):
            if self.doc[k].lower_ in cue.about and self.doc[k + 1].lower_ == "å":
                return self.extents.find(k + 1, k, sentence)
        return None

    def _to_end(self, first: int, sentence: Sentence) -> tuple[int, int]:
        """From token `first` to the sentence's end, or to a contrast."""
        last = next((k for k in range(first + 1, sentence.last) if self.extents.contrasts(k)), sentence.last)
        return self.syntax.start_of(first), self.syntax.end_of(last - 1)

    def infinitive(self, after: int, sentence: Sentence) -> tuple[int, int] | None:
        """`håper i det lengste å vinne`: an infinitive a few words behind the cue."""
        for k in range(after + 1, min(after + _WINDOW // 2, sentence.last - 1)):
            token = self.doc[k]
            if token.lower_ == "å":
                return self.extents.find(k, k - 1, sentence)
            if token.pos_ in {"NOUN", "PROPN", "VERB", "AUX", "PUNCT"}:
                return None
        return None

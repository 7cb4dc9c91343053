"""Sources: who is the subject of a verb of saying, or stands where a source does."""

from depesje.attribution import Phrase
from depesje.attribution_noun_phrases import NounPhrases
from depesje.attribution_words import Words
from depesje.cues import cue_forms, is_document, listed, word_class
from depesje.syntax import QUOTES, Sentence, Syntax

_WINDOW = 12
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM"})


class Sources:
    """Finds the sources of one document's verbs."""

    def __init__(self, syntax: Syntax, words: Words) -> None:
        self.syntax = syntax
        self.doc = syntax.doc
        self.words = words
        self.phrases = NounPhrases(syntax, words)

    def find(self, i: int, chain: list[int], sentence: Sentence) -> Phrase | None:
        """The source of the verb at `i`; `chain` are the verb and its auxiliaries."""
        head = self._subject(i, chain, sentence)
        if head is None and not self.syntax.parsed:
            return self._source_by_order(i, sentence)
        if head is None or not self.words.can_speak(head):
            antecedent = self.phrases.antecedent(i, sentence)
            is_open = antecedent is None and (head is None or self.words.is_det(head))
            return self._source_behind(i, sentence) if is_open else antecedent
        return self.phrases.phrase(head, i, sentence)

    def _subject(self, i: int, chain: list[int], sentence: Sentence) -> int | None:
        """The token that heads the subject of the verb at `i`."""
        doc = self.doc
        outer = self.words.outer_cue(i)
        head = self.syntax.subject(i if outer is None else outer)
        own = [c for c in self.syntax.children[i] if doc[c].dep_ == "SUBJ" and not self.words.is_time(c)]
        if own and head is not None and self.words.is_time(head):
            head = own[0]
        named = [c for c in own if doc[c].ent_type_ == "PER"]
        if head is not None and named and doc[head].ent_type_ != "PER":
            head = named[0]
        behind = [c for c in own if c > i]
        if behind and head is not None and head < i and not self.words.takes_names(i):
            is_clear = self.words.may_act(head) and not self.words.may_act(behind[0])  # `Moe sier breene …`
            head = head if is_clear else behind[0]  # two subjects: in Norwegian the verb comes second
        head = self._before_clause(i, head, sentence)
        if head is None and len(chain) > 1:
            head = next((s for v in chain[1:] if (s := self.syntax.subject(v)) is not None), None)
        if head is None and i - 1 in self.syntax.children[i] and doc[i - 1].pos_ in {"NUM", "DET"}:
            return i - 1  # `begge to sier`
        return self._hedged(i) if head is None else head

    def _hedged(self, i: int) -> int | None:
        """`Over halvparten mener …`, where the parse sees a preposition and no subject."""
        hedges = [c for c in self.syntax.children[i] if c < i and self.doc[c].lower_ in word_class("hedges")]
        return self.syntax.child(hedges[-1], "PUTFYLL") if hedges else None

    def _before_clause(self, i: int, head: int | None, sentence: Sentence) -> int | None:
        """Who speaks in `Berg sier han i dag vil gå`, where the parse takes the clause's subject for the speaker."""
        doc, syntax = self.doc, self.syntax
        clauses = [c for c in syntax.children[i] if c > i + 1 and syntax.is_finite(c)]
        before = [c for c in syntax.children[i] if c < i and doc[c].dep_ in {"DOBJ", "SUBJ", "APP"}]
        if doc[i].dep_ == "PAR" and doc[i].head.i < i and self.words.may_act(doc[i].head.i):
            clauses = [k for k in range(i + 2, min(i + _WINDOW, sentence.last)) if syntax.is_finite(k)]
            before = [doc[i].head.i]
        is_pronoun = head is None or (head == i + 1 and doc[head].pos_ == "PRON")
        if not is_pronoun or sentence.dash or not clauses or not before:
            return head
        if any(t.text in QUOTES for t in doc[before[-1] : i]):
            return head
        return before[-1] if doc[before[-1]].pos_ in {"NOUN", "PROPN", "NUM"} else head

    def _source_behind(self, i: int, sentence: Sentence) -> Phrase | None:
        """The noun phrase right behind an inverted verb, for parses that give it no subject."""
        first = i + 1
        while first < sentence.last and self.doc[first].lower_ in word_class("adverbs_behind_verb"):
            first += 1
        object_ = self.syntax.child(i, "DOBJ", "PSUBJ", "SPRED")
        if (
            object_ is not None
            and self.syntax.edges(object_)[0] == first
            and self.doc[object_].pos_ in {"NOUN", "PROPN"}
        ):
            return (*self.syntax.noun_phrase(object_), object_)
        if first >= sentence.last or not self.words.can_speak(first) or self.doc[first].pos_ not in _NOMINAL:
            return None
        if self.doc[first].pos_ == "NUM" and (share := self._share(first, sentence)):
            return share
        last = first
        while last < sentence.last and self.doc[last].pos_ in _NOMINAL:
            last += 1
        nouns = [k for k in range(first, last) if self.doc[k].pos_ in {"NOUN", "PROPN", "PRON"}]
        return (first, last, nouns[-1]) if nouns else None

    def _share(self, first: int, sentence: Sentence) -> Phrase | None:
        """`ni av ti av de spurte i undersøkelsen`: part of a group, by number, to the end of its phrase."""
        doc, last = self.doc, first + 1
        while last + 1 < sentence.last and doc[last].lower_ in {"av", "prosent"}:
            last += 1
            while last < sentence.last and doc[last].pos_ in {*_NOMINAL, "VERB"} and doc[last].text != ",":
                last += 1
        if last == first + 1:
            return None
        end = self.syntax.edges(last - 1)[1]
        return first, next((k for k in range(last, end) if self.syntax.opens_aside(k)), end), first

    def _source_by_order(self, i: int, sentence: Sentence) -> Phrase | None:
        """Without a parse: a name or pronoun beside the verb."""
        for step in (1, -1):
            k, words = i + step, []
            while sentence.first <= k < sentence.last and (
                self.doc[k].is_title or self.doc[k].lower_ in {"han", "hun", "ho"}
            ):
                words.append(k)
                k += step
            words = [
                w
                for w in words
                if not self.doc[w].is_punct and self.doc[w].lower_ not in listed("not_speakers", "pronouns")
            ]
            if words:
                return min(words), max(words) + 1, max(words)
        return None

    def is_written(self, i: int) -> bool:
        return any(cue.group == "written" for cue in cue_forms().get(self.doc[i].lower_, ()))

    def written_in(self, i: int, sentence: Sentence) -> Phrase | None:
        """`står det i brevet`, `går det fram av rapporten`: the document is the source."""
        doc, syntax = self.doc, self.syntax
        if not self.is_written(i):
            return None
        subject = syntax.child(i, "FSUBJ", "SUBJ")
        if subject is None or not self.words.is_det(subject):
            return None
        fronted = [c for c in syntax.children[i] if c < i]
        behind = [k for k in range(i + 1, min(i + 6, sentence.last)) if doc[k].pos_ == "ADP"]
        takes_any = doc[i].lemma_ in {"hete", "heite"}  # `I paragraf 5 heter det at`
        for k in [*fronted, *behind]:
            inner = self._writing(k, sentence) if doc[k].lower_ in word_class("written_in") else None
            if inner is not None and (doc[inner].ent_type_ or takes_any or is_document(doc[inner])):
                return (*syntax.noun_phrase(inner), inner)
        there = next((k for k in fronted if doc[k].lower_ in word_class("written_there")), None)
        return None if there is None else (there, there + 1, there)  # `Der går det fram at …`

    def _writing(self, k: int, sentence: Sentence) -> int | None:
        """The noun behind the preposition at `k`, which the parse may take for the next noun's."""
        inner = self.syntax.child(k, "PUTFYLL")
        if inner is not None and inner > k:
            return inner
        near = range(k + 1, min(k + 4, sentence.last))
        return next((n for n in near if self.doc[n].pos_ == "NOUN" and is_document(self.doc[n])), None)

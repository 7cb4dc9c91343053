"""Nouns as cues: `Xs påstand om at …`, `løftene som X har gitt om å …`, `en bekreftelse fra X på at …`."""

from depesje.attribution import Attribution, Phrase
from depesje.attribution_contents import Contents
from depesje.attribution_words import Words
from depesje.cues import noun_cues, word_class
from depesje.syntax import Sentence, Syntax

_WINDOW = 12


class Nouns:
    """Reads the nouns of one document."""

    def __init__(self, syntax: Syntax, words: Words) -> None:
        self.syntax = syntax
        self.doc = syntax.doc
        self.words = words
        self.contents = Contents(syntax, words)

    def read(self, i: int, sentence: Sentence) -> Attribution | None:
        """`løftene som X har gitt om å …`, `en bekreftelse fra X på at …`, `Xs påstand om at …`."""
        doc, syntax = self.doc, self.syntax
        token = doc[i]
        if token.pos_ != "NOUN" or not syntax.parsed:
            return None
        lemma = token.lemma_.lower()
        certainty = noun_cues().get(lemma)
        if certainty is None:
            return None
        content = self._noun_content(i, sentence)
        takes_up = content is None and self._takes_up(i, sentence)
        source = self._noun_source(i, takes_up) if content or takes_up else None
        if source is None:
            return None
        if content is None:
            return Attribution("previous", sentence.index, (i,), source, None, certainty, None, "noun")
        return Attribution(
            "forward", sentence.index, (i,), source, (content[1], content[2]), certainty, None, "noun"
        )

    def _takes_up(self, i: int, sentence: Sentence) -> bool:
        """`Det er beskjeden fra X`: what was said before is the noun's content."""
        first = next((k for k in range(sentence.first, i) if self.doc[k].is_alpha), i)
        taken_up = self.doc[first].lower_ in {"det", "dét", "dette", "slik"} and first + 1 < i
        return taken_up and self.doc[first + 1].lemma_ in {"være", "vere", "lyde"}

    def _noun_content(self, i: int, sentence: Sentence) -> Phrase | None:
        """Token where it begins, and its characters: an at-clause or infinitive behind `om` or `på`."""
        doc = self.doc
        for k in range(i + 1, min(i + _WINDOW, sentence.last - 2)):
            if doc[k].text in {";", ":", "."}:
                return None
            if doc[k].text == "," and doc[k + 1].lower_ == "at":  # `gir en forklaring, at …`
                extent = self.contents.extents.find(doc[k + 1].head.i, k + 1, sentence)
                return (k, *extent) if extent and doc[k + 1].head.i > k + 1 else None
            if doc[k].lower_ not in word_class("complement_prepositions") or not self._under(k, i):
                continue
            opener = k + 2 if doc[k + 1].lower_ in word_class("negations") else k + 1
            if doc[opener].lower_ not in {"at", "å"}:
                continue
            head = doc[opener].head.i if doc[opener].lower_ == "at" else opener
            extent = self.contents.extents.find(head, opener if doc[opener].lower_ == "at" else k, sentence)
            if extent is None or head < opener:
                return None
            return (
                k,
                min(extent[0], self.syntax.start_of(k + 1 if doc[opener].lower_ == "å" else opener + 1)),
                extent[1],
            )
        return None

    def _under(self, k: int, i: int) -> bool:
        """Whether token `k` hangs, directly or not, on token `i`, or on the verb beside it."""
        at = k
        for _ in range(6):
            head = self.doc[at].head.i
            if head == i or head == self.doc[i].head.i:
                return True
            if head == at:
                return False
            at = head
        return False

    def _noun_source(self, i: int, takes_up: bool) -> Phrase | None:
        doc, syntax = self.doc, self.syntax
        for child in syntax.children[i]:
            token = doc[child]
            if (
                child < i
                and token.dep_ == "DET"
                and (
                    token.pos_ == "PROPN"
                    or token.pos_ == "NOUN"
                    or token.lower_ in {"hans", "hennes", "hennar", "deres"}
                )
            ):
                return (*syntax.noun_phrase(child), child)
            if child > i and token.lower_ in (
                {"fra", "frå"} if takes_up else word_class("source_of_passive")
            ):
                inner = syntax.child(child, "PUTFYLL")
                if inner is not None and self.words.can_speak(inner):
                    return (*syntax.noun_phrase(inner), inner)
            if child > i and token.dep_ == "ATR" and syntax.is_finite(child):
                subject = syntax.child(child, "SUBJ")
                if subject is not None and self.words.can_speak(subject):
                    return (*syntax.noun_phrase(subject), subject)
        return self._light_verb_subject(i)

    def _light_verb_subject(self, i: int) -> Phrase | None:
        """`X kom med påstander om at …`, `X har gitt løfte om å …`."""
        head = self.doc[i].head
        if head.pos_ == "ADP" and head.lower_ in {"med", "ut"}:
            head = head.head
        if head.lemma_ not in word_class("light_verbs") or head.i == i:
            return None
        chain = self.syntax.auxiliaries(head.i)
        subject = self.syntax.subject(head.i)
        if (
            subject is None
            or subject == i
            or not self.words.can_speak(subject)
            or self.syntax.is_passive(head.i, chain)
        ):
            return None
        return (*self.syntax.noun_phrase(subject), subject)

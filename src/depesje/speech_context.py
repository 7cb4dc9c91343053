"""Who speaks where nothing beside the words says so: the lead-in, the narration before, the last one named."""

from bisect import bisect_right

from depesje.cues import is_document
from depesje.discourse import Speaker
from depesje.reading import LONGEST_RUN, SpeechReader
from depesje.syntax import Sentence


class Context(SpeechReader):
    """Looks around direct speech for its speaker."""

    def is_main_subject(self, i: int) -> bool:
        token = self.doc[i]
        is_main = token.dep_ == "SUBJ" and token.head.head.i == token.head.i
        return is_main and self.syntax.child(token.head.i, "SBU") is None

    def subject_before(self, k: int) -> Speaker | None:
        """The person that the narration right before sentence `k` is about: `Berg ler. – Nei.`"""
        if k == 0 or k - 1 in self.reading.spoken or self.syntax.blocks[self.sentences[k - 1].block][2]:
            return None
        before = self.sentences[k - 1]
        subjects = (i for i in range(before.first, before.last) if self.is_main_subject(i))
        return next((s for i in subjects if (s := self.reading.resolver.person_at(i))), None)

    def narrated(self, first: int, last: int) -> bool:
        """Whether the article speaks in its own voice between two sentences; questions asked don't count."""
        return last - first > 6 or any(
            k not in self.reading.asked and not self.syntax.blocks[self.sentences[k].block][2]
            for k in range(first, last)
        )

    def lead_in(self, k: int) -> Speaker | None:
        """The source of a sentence that ends in a colon right before sentence `k`."""
        if k == 0:
            return None
        before = self.sentences[k - 1]
        if not self.text[before.start : before.end].endswith(":"):
            return None
        for attribution in reversed(self.found[before.index]):
            if attribution.kind in {"colon", "backward"} and attribution in self.reading.speakers:
                if attribution.kind == "colon":
                    self.reading.used.add(attribution)
                return self.reading.speaker(attribution)
        return self.reading.resolver.discourse.person_in(before.first, before.last) or self._writing_in(
            before
        )

    def _writing_in(self, sentence: Sentence) -> Speaker | None:
        """`E-posten ble avsluttet med:`: the writing that a sentence is about."""
        subjects = (i for i in range(sentence.first, sentence.last) if self.is_main_subject(i))
        writing = next((i for i in subjects if self.doc[i].pos_ == "NOUN" and is_document(self.doc[i])), None)
        if writing is None:
            return None
        return self.reading.resolver.resolve((*self.syntax.noun_phrase(writing), writing))

    def last_named(self, k: int) -> Speaker | None:
        """Who spoke or was named last before sentence `k`, in its paragraph or the one before."""
        at = bisect_right(self.reading.run_starts, k - 1)
        spoke = next(
            (r.speaker for r in reversed(self.reading.runs[max(0, at - LONGEST_RUN) : at]) if r.speaker),
            None,
        )
        rather = spoke.actor if spoke else None
        for j in range(k - 1, max(-1, k - 5), -1):
            for attribution in reversed(self.found[j]):
                speaker = self.reading.speaker(attribution)
                is_nested = j in self.reading.spoken and attribution.kind == "forward"
                if (
                    speaker
                    and attribution.group != "preposition"
                    and not is_nested
                    and self.reading.resolver.is_person_like(speaker)
                ):
                    return speaker
            person = self.reading.resolver.discourse.person_in(
                self.sentences[j].first, self.sentences[j].last, rather
            )
            if person:
                return person
        return None

"""Reported speech: what the attributions hand over, in their sentence or beside it."""

from depesje.annotations import Mode
from depesje.attribution import Attribution
from depesje.drafts import PAIRS
from depesje.reading import LONGEST_RUN, LONGEST_SENTENCE, SpeechReader
from depesje.syntax import Sentence


class ReportedSpeech(SpeechReader):
    """Reads the attributions that no direct speech has used."""

    def read(self, attribution: Attribution, sentence: Sentence) -> None:
        if attribution in self.reading.used or attribution not in self.reading.speakers:
            return
        if attribution.group == "show" and sentence.index in self.reading.spoken:
            return  # the speaker points, nobody states
        if attribution.kind == "forward":
            self.reading.add_content(attribution, self._mode(attribution))
        elif attribution.kind == "backward":
            self._read_backward(attribution, sentence)
            if self.text[sentence.end - 1] == ":":
                self._read_below(attribution, sentence)
        elif attribution.kind == "previous":
            self._read_previous(attribution, sentence)
        elif attribution.kind == "colon":
            self._read_colon(attribution, sentence)

    def _mode(self, attribution: Attribution) -> Mode:
        assert attribution.content is not None
        start, end = attribution.content
        text = self.text[start:end]
        return "direct" if text[:1] in PAIRS and text.rstrip(" .,")[-1:] in PAIRS.values() else "indirect"

    def _read_backward(self, attribution: Attribution, sentence: Sentence) -> None:
        mode: Mode = "direct" if self.reading.in_first_person(sentence) else "indirect"
        self.reading.add_content(attribution, mode)
        if attribution.group == "preposition":
            return
        k = sentence.index - 1
        while k >= 0 and sentence.index - k <= LONGEST_RUN and self._runs_on(k, sentence.block):
            before = self.sentences[k]
            self.reading.add(before.start, before.end, "direct", k, None, self.reading.speaker(attribution))
            k -= 1

    def _runs_on(self, k: int, block: int) -> bool:
        """Whether sentence `k` belongs to a quotation that has lost its dash: the source speaks of itself."""
        sentence = self.sentences[k]
        return sentence.block == block and self.reading.in_first_person(sentence) and not self.found[k]

    def _read_previous(self, attribution: Attribution, sentence: Sentence) -> None:
        if sentence.index == 0:
            return
        before = next(
            (
                self.sentences[k]
                for k in range(sentence.index - 1, max(-1, sentence.index - 3), -1)
                if self._has_verb(k)
            ),
            sentence,
        )
        if before is sentence or before.block < sentence.block - 1 or self.syntax.blocks[before.block][2]:
            return
        speaker = self.reading.speaker(attribution)
        if not any(draft.speaker == speaker for draft in self.reading.drafts_in[before.index]):
            self.reading.add(before.start, before.end, "indirect", before.index, attribution, speaker)

    def _has_verb(self, k: int) -> bool:
        """Whether a sentence is one, not a credit (`Foto: …`)."""
        sentence = self.sentences[k]
        last = min(sentence.last, sentence.first + LONGEST_SENTENCE)
        return not self.syntax.parsed or any(self.syntax.is_finite(i) for i in range(sentence.first, last))

    def _read_colon(self, attribution: Attribution, sentence: Sentence) -> None:
        """`X sier: Vi vinner.`, the content behind the colon in the same sentence or in the paragraph below."""
        colon = next((t for t in self.doc[attribution.cue[-1] : sentence.last] if t.text == ":"), None)
        if colon is None:
            return
        if colon.i == sentence.last - 1:
            self._read_below(attribution, sentence)
        elif colon.i + 3 < sentence.last and self.doc[colon.i + 1].text[:1].isupper():
            speaker = self.reading.speaker(attribution)
            self.reading.add(colon.idx + 1, sentence.end, "direct", sentence.index, attribution, speaker)

    def _read_below(self, attribution: Attribution, sentence: Sentence) -> None:
        """The paragraph without dash or marks below a line that leads it in, or the next sentence of its own."""
        below = self.sentences[sentence.index + 1 : sentence.index + 1 + LONGEST_RUN]
        same = [s for s in below[:1] if s.block == sentence.block]
        below = same or [s for s in below if s.block == sentence.block + 1]
        is_plain = below and not below[0].dash and self.text[below[0].start] not in PAIRS
        if not is_plain or self.syntax.blocks[below[0].block][2] or self.found[below[0].index]:
            return
        for said in below:
            mode: Mode = "direct" if self.reading.in_first_person(said) else "indirect"
            self.reading.add(said.start, said.end, mode, said.index, None, self.reading.speaker(attribution))

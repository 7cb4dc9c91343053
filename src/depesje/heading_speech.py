"""Headings that say something: with a dash, in marks, without their subject, or with their source before a colon."""

import re
from bisect import bisect_right

from depesje.attribution import Attribution
from depesje.cues import is_people
from depesje.discourse import Speaker
from depesje.drafts import PAIRS, Draft
from depesje.reading import LONGEST_SENTENCE, Reading, SpeechReader
from depesje.speech_context import Context
from depesje.syntax import Sentence

#: So many tokens may stand before the colon of a heading that names its source.
_TITLE_SOURCE = 8
#: Words from the colon on, at least.
_TITLE_WORDS = 4
#: With so many words in common, a heading and a quotation are the same.
_SAME_WORDS = 2
#: A dash heading is compared with this many of the statements below it.
_BELOW = 40


class HeadingSpeech(SpeechReader):
    """Reads the headings, once the text below them has been read."""

    def __init__(self, reading: Reading, context: Context) -> None:
        super().__init__(reading)
        self.context = context

    def read(self) -> None:
        """A heading with a dash, or one that leaves its subject out, goes to whom the text below quotes so."""
        said = sorted(self.reading.drafts, key=lambda d: d.sentence)
        numbers = [d.sentence for d in said]
        for heading in self.sentences:
            if not self.syntax.blocks[heading.block][2]:
                continue
            at = bisect_right(numbers, heading.index)
            below = said[at : at + _BELOW]
            for attribution in self.found[heading.index]:
                if attribution.kind == "headless":
                    self._read_headless(attribution, [*below, *reversed(said[max(0, at - _BELOW) : at])])
            if any(a in self.reading.used or a.kind == "backward" for a in self.found[heading.index]):
                continue
            speaker = None
            if heading.dash and not self._is_asked(heading):
                speaker = self._said_below(heading, below) or self._speaks_first(heading, below)
                speaker = speaker or self._spoke_before(heading)
            elif self._is_in_marks(heading):
                speaker = self._said_below(heading, below)
            elif not heading.dash:
                self._read_title(heading)
            self.reading.add(heading.start, heading.end, "direct", heading.index, None, speaker)

    def _is_in_marks(self, heading: Sentence) -> bool:
        text = self.text[heading.start : heading.end]
        return len(text) > 2 and PAIRS.get(text[0]) == text[-1]

    def _read_headless(self, attribution: Attribution, below: list[Draft]) -> None:
        """`Krever lavere priser`: whoever demands something below, or else above."""
        assert attribution.content is not None
        verb = self.doc[attribution.cue[0]].lower_
        same = (d for d in below if d.attribution and self.doc[d.attribution.cue[0]].lower_ == verb)
        draft = next(same, None)
        if draft:
            speaker = draft.speaker
            self.reading.add(*attribution.content, "indirect", attribution.sentence, attribution, speaker)

    def _read_title(self, heading: Sentence) -> None:
        """`Forskere: Isen smelter raskere`: a heading that names its source before a colon."""
        following = heading.index + 1
        if following < len(self.sentences) and self.sentences[following].dash:
            return
        end = self.syntax.blocks[heading.block][1]
        last = min(heading.last, heading.first + _TITLE_SOURCE)
        colon = next((k for k in range(heading.first, last) if self.doc[k].text == ":"), None)
        if colon is None or len(self.text[self.doc[colon].idx : end].split()) < _TITLE_WORDS:
            return
        if any(self.syntax.is_finite(k) for k in range(heading.first, colon)) or not self._says(colon, end):
            return
        speaker = self.reading.resolver.discourse.person_in(heading.first, colon)
        head = next((t for t in self.doc[heading.first : colon] if t.pos_ == "NOUN" and is_people(t)), None)
        if speaker is None and head is not None:
            speaker = self.reading.resolver.resolve((*self.syntax.noun_phrase(head.i), head.i))
        self.reading.add(self.doc[colon].idx + 1, end, "indirect", heading.index, None, speaker)

    def _says(self, colon: int, end: int) -> bool:
        """Whether a verb stands behind a colon, not just a name or a list."""
        behind = self.doc[colon + 1 : colon + LONGEST_SENTENCE]
        return any(t.pos_ in {"VERB", "AUX"} for t in behind if t.idx < end)

    def _is_asked(self, heading: Sentence) -> bool:
        """Whether a short dash line is the interviewer's: a question with a dash below it."""
        following = heading.index + 1
        answered = following < len(self.sentences) and self.sentences[following].dash
        return answered and self.text[heading.start : heading.end].endswith("?")

    def _said_below(self, heading: Sentence, below: list[Draft]) -> Speaker | None:
        """Who says below what shares most words with a heading."""
        stems = _stems(self.text[heading.start : heading.end])
        scored = [(len(stems & _stems(self.text[d.start : d.end])), -n) for n, d in enumerate(below)]
        best, position = max(scored, default=(0, 0))
        return below[-position].speaker if best >= max(_SAME_WORDS, len(stems) // 3) else None

    def _speaks_first(self, heading: Sentence, below: list[Draft]) -> Speaker | None:
        """Who leads a dash heading in (`Sjefen: – Dette går bra`), shares a word with it, or speaks first below."""
        stems = _stems(self.text[heading.start : heading.end])
        akin = (d.speaker for d in below if stems & _stems(self.text[d.start : d.end]))
        first = (d.speaker for d in below if d.mode == "direct")
        return self.context.lead_in(heading.index) or next(akin, None) or next(first, None)

    def _spoke_before(self, heading: Sentence) -> Speaker | None:
        """Who has spoken right before a dash line below which nobody does."""
        at = bisect_right(self.reading.run_starts, heading.index) - 1
        run = self.reading.runs[at] if at >= 0 else None
        return run.speaker if run is not None and run.last == heading.index else None


_WORD = re.compile(r"[^\W\d_]{3,}")


def _stems(text: str) -> set[str]:
    """The first letters of the longer words: enough to know `jobbet` in `jobbe`."""
    return {word.lower()[:5] for word in _WORD.findall(text) if len(word) > 3}

"""Direct speech in quotation marks, with the attribution beside it or none."""

from depesje.attribution import Attribution
from depesje.quotations import Quotation, in_marks
from depesje.reading import LONGEST_RUN, Reading, SpeechReader
from depesje.speech_context import Context


class MarkedSpeech(SpeechReader):
    """Reads what stands in quotation marks."""

    def __init__(self, reading: Reading, context: Context) -> None:
        super().__init__(reading)
        self.context = context

    def sentences_in(self) -> set[int]:
        """The sentences most of which stands in quotation marks."""
        found: set[int] = set()
        for start, end, _ in self.syntax.blocks:
            for quotation in in_marks(self.text, start, end):
                first = self.syntax.sentence_at(quotation.start).index
                for k in range(first, self.syntax.sentence_at(quotation.end - 1).index + 1):
                    sentence = self.sentences[k]
                    inside = min(sentence.end, quotation.end) - max(sentence.start, quotation.start)
                    if 2 * inside > sentence.end - sentence.start:
                        found.add(k)
        return found

    def read(self, number: int) -> None:
        start, end, is_heading = self.syntax.blocks[number]
        for quotation in in_marks(self.text, start, end):
            first = self.syntax.sentence_at(quotation.start).index
            last = self.syntax.sentence_at(max(quotation.start, quotation.end - 1)).index
            if any(
                d.start <= quotation.start and quotation.end <= d.end
                for d in self.reading.drafts[-3 * LONGEST_RUN :]
            ):
                continue
            attribution = self._beside_marks(quotation, first, last)
            if attribution:
                self._read_quotation(quotation, first, last, attribution)
            elif not is_heading:
                self._read_unattributed(quotation, first, last, number)

    def _beside_marks(self, quotation: Quotation, first: int, last: int) -> Attribution | None:
        text = self.text
        for k in (last, last + 1):
            for attribution in self.found[k] if k < len(self.sentences) else ():
                cue = self.doc[attribution.cue[0]].idx
                between = text[quotation.outer_end : cue] if cue >= quotation.outer_end else "x" * 99
                near = not between.strip(" ,.\n") or (
                    k > last and len(between) < 30 and attribution.kind == "previous"
                )
                if (
                    attribution.kind in {"backward", "previous"}
                    and near
                    and attribution in self.reading.speakers
                ):
                    return attribution
        for attribution in self.found[first]:
            if attribution not in self.reading.speakers:
                continue
            opens = (
                attribution.content and quotation.outer_start <= attribution.content[0] <= quotation.start + 1
            )
            if attribution.kind == "forward" and opens:
                return attribution
            cue = self.doc[attribution.cue[-1]].idx
            if (
                attribution.kind == "colon"
                and cue < quotation.start
                and ":" in text[cue : quotation.outer_start][-3:]
            ):
                return attribution
        if first and text[: quotation.outer_start].rstrip().endswith(":"):
            for attribution in self.found[first - 1]:
                if attribution.kind in {"colon", "backward"} and attribution in self.reading.speakers:
                    return attribution
        return None

    def _read_quotation(self, quotation: Quotation, first: int, last: int, attribution: Attribution) -> None:
        speaker = self.reading.speaker(attribution)
        for k in range(first, last + 1):
            sentence = self.sentences[k]
            start, end = max(sentence.start, quotation.start), min(sentence.end, quotation.end)
            own = attribution if attribution.sentence == k else None
            if own and own.kind == "backward" and own.content and own.content[0] < quotation.outer_start:
                start = own.content[0]
            self.reading.add(start, end, "direct", k, attribution if k == last or own else None, speaker)
        self.reading.used.add(attribution)

    def _read_unattributed(self, quotation: Quotation, first: int, last: int, number: int) -> None:
        """A paragraph that is a quotation as a whole goes to who the text around it quotes."""
        start, end, _ = self.syntax.blocks[number]
        outside = self.text[start : quotation.outer_start] + self.text[quotation.outer_end : end]
        is_led_in = self.text[self.sentences[first].start : quotation.outer_start].strip() == ""
        speaker = self.context.lead_in(first) if is_led_in else None
        if (speaker is None and any(c.isalnum() for c in outside)) or quotation.end - quotation.start < 30:
            return
        speaker = speaker or self.context.last_named(first)
        if speaker is None:
            return
        for k in range(first, last + 1):
            sentence = self.sentences[k]
            self.reading.add(
                max(sentence.start, quotation.start),
                min(sentence.end, quotation.end),
                "direct",
                k,
                None,
                speaker,
            )

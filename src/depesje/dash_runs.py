"""Direct speech behind dashes: from each dash on, to whom it belongs and where it ends."""

from collections.abc import Iterator
from itertools import zip_longest

from depesje.attribution import Attribution
from depesje.cues import word_class
from depesje.discourse import Speaker
from depesje.drafts import PAIRS, Run
from depesje.reading import LONGEST_RUN, LONGEST_SENTENCE, Reading, SpeechReader
from depesje.speech_context import Context


class DashRuns(SpeechReader):
    """Finds and reads the runs of direct speech behind dashes."""

    def __init__(self, reading: Reading, context: Context) -> None:
        super().__init__(reading)
        self.context = context
        reading.runs = list(self._dash_runs())
        reading.run_starts = [run.first for run in reading.runs]
        self._close_runs()

    def _dash_runs(self) -> Iterator[Run]:
        """From each dash to the next one or the end of the paragraph; headings are read later."""
        k = 0
        while k < len(self.sentences):
            sentence = self.sentences[k]
            k += 1
            if not sentence.dash or self.syntax.blocks[sentence.block][2]:
                continue
            first = sentence.index
            while (
                k < len(self.sentences)
                and self.sentences[k].block == sentence.block
                and not self.sentences[k].dash
                and not self._opens_quotation(k)
            ):
                k += 1
            yield Run(first, k, sentence.block)

    def _opens_quotation(self, k: int) -> bool:
        """Whether a sentence opens with marks that hold all of it or more: someone else is quoted."""
        sentence = self.sentences[k]
        text = self.text[sentence.start : sentence.end]
        return text[:1] in {"«", "“"} and text.count(text[:1]) > text.count(PAIRS[text[:1]])

    def _close_runs(self) -> None:
        """Give each run its attribution, if it has one, and cut it there."""
        for run in self.reading.runs:
            run.closing = self._closing(run)
            if run.closing:
                run.last = min(run.last, run.closing.sentence + 1)
        for run, follower in zip_longest(self.reading.runs, self.reading.runs[1:]):
            if run.closing is None:
                run.is_question = self._is_question(run, follower)
                run.last = self._open_end(run, follower)
            (self.reading.asked if run.is_question else self.reading.spoken).update(
                range(run.first, run.last)
            )

    def _closing(self, run: Run) -> Attribution | None:
        for k in range(run.first, min(run.last, run.first + 3 * LONGEST_RUN)):
            closing = [
                a
                for a in self.found[k]
                if a.source and (a.kind == "backward" or (a.kind == "previous" and k > run.first))
            ]
            if closing:  # `…, sa Berg ifølge avisa`
                return next((a for a in closing if a.group != "preposition"), closing[0])
        if run.last < len(self.sentences) and self.sentences[run.last].block == run.block + 1:
            for attribution in self.found[run.last][:1]:  # `Det sier X` opens the next paragraph
                if attribution.kind == "previous" and attribution.source:
                    return attribution
        return None

    def _is_question(self, run: Run, follower: Run | None) -> bool:
        """Whether a run is what the interviewer asks: a question that another dash answers."""
        ends = self.text[self.sentences[run.first].start : self.sentences[run.last - 1].end].rstrip('»"”')
        if not ends.endswith("?"):
            return False
        words = [
            t.lower_
            for t in self.doc[self.sentences[run.first].first : self.sentences[run.last - 1].last]
            if t.is_alpha
        ]
        if words[:1] == ["eller"]:  # the speaker goes on
            return False
        answered = follower is not None and follower.first == run.last
        return answered or bool(set(words) & word_class("second_person"))

    def _open_end(self, run: Run, follower: Run | None) -> int:
        """Where a run without attribution ends."""
        at_paragraph_start = run.first == 0 or self.sentences[run.first - 1].block != run.block
        at_paragraph_end = run.last == len(self.sentences) or self.sentences[run.last].block != run.block
        runs_on = follower is not None and follower.first == run.last
        if run.last - run.first > LONGEST_RUN or (
            at_paragraph_end and not at_paragraph_start and not runs_on
        ):
            return run.first + 1
        narrated = (k for k in range(run.first + 1, run.last) if self._is_narrated(k, k == run.last - 1))
        return next(narrated, run.last) if runs_on else run.last

    def _is_narrated(self, k: int, is_last: bool) -> bool:
        """Whether a sentence behind direct speech is the article's own: it leads the next speaker in."""
        sentence = self.sentences[k]
        if self.reading.in_first_person(sentence):
            return False
        if is_last and self.text[sentence.end - 1] == ":":
            return True
        heads = [a.source[2] for a in self.found[k] if a.kind in {"forward", "colon"} and a.source]
        if is_last:
            heads += [i for i in range(sentence.first, sentence.last) if self.context.is_main_subject(i)]
        return any(self.doc[i].ent_type_ == "PER" for i in heads)

    def find_speakers(self) -> None:
        for run in self.reading.runs:
            run.speaker = self.reading.speaker(run.closing)
        for index, run in enumerate(self.reading.runs):
            if run.closing is None and not run.is_question:
                run.speaker = self._context_speaker(index)
                run.last = self._before_own_name(run)

    def _before_own_name(self, run: Run) -> int:
        """Where a run ends that names its own speaker: nobody speaks of himself by name."""
        if run.speaker is None or run.speaker.actor is None:
            return run.last
        named = (
            k
            for k in range(run.first + 1, run.last)
            if self.reading.resolver.discourse.names(run.speaker.actor, self.sentences[k])
            and not self.reading.in_first_person(self.sentences[k])
        )
        return next(named, run.last)

    def _context_speaker(self, index: int) -> Speaker | None:
        """The speaker of a run that names none: from the lead-in, the dash paragraph before or after, or the text."""
        run = self.reading.runs[index]
        lead = self.context.lead_in(run.first)
        if lead:
            return lead
        before = next(
            (r for r in reversed(self.reading.runs[max(0, index - 3) : index]) if not r.is_question), None
        )
        gap = self.context.narrated(before.last, run.first) if before else True
        if before and before.speaker and not gap:
            return before.speaker
        led_in = self.context.subject_before(run.first) if gap else None
        if led_in:
            return led_in
        after = next((r for r in self.reading.runs[index + 1 : index + 4] if not r.is_question), None)
        if after and after.closing and not self.context.narrated(run.last, after.first):
            return self.reading.speaker(after.closing)
        return self.context.last_named(run.first) or (
            self.reading.speaker(after.closing) if after and after.closing else None
        )

    def read(self, run: Run) -> None:
        if run.speaker is None or run.is_question or self._is_list(run):
            return
        first = run.first + self._asks_first(run)
        for k in range(first, run.last):
            sentence = self.sentences[k]
            if run.closing and k == run.closing.sentence:
                if run.closing.kind == "backward":
                    self.reading.add_content(run.closing, "direct")
            else:
                self.reading.add(sentence.start, sentence.end, "direct", k, None, run.speaker)
        if run.closing:
            self.reading.used.add(run.closing)

    def _asks_first(self, run: Run) -> bool:
        """Whether a run begins with what the interviewer asks: `– Hva tenker du? Det er trist, sier X.`"""
        first = self.sentences[run.first]
        if run.last - run.first < 2 or self.text[first.end - 1] != "?":
            return False
        words = {t.lower_ for t in self.doc[first.first : min(first.last, first.first + LONGEST_SENTENCE)]}
        return bool(words & word_class("second_person")) and not words & word_class("first_person")

    def _is_list(self, run: Run) -> bool:
        """Whether the dashes are those of a list: no sentence in it ends like one."""
        if run.closing is not None:
            return False
        text = self.text
        return all(text[s.start : s.end][-1:].isalnum() for s in self.sentences[run.first : run.last])

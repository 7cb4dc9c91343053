"""Statements: what the article attributes to a source, who that is, and how certain it is.

Two readings work together. The layout gives direct speech: dashes at the head of a paragraph or after a
sentence, quotation marks, and the sentences that run on under them. The cues (``attribution_finding.py``) give sources
and reported speech. What the article says in its own voice is no statement.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc

from depesje import annotations, lexicon  # noqa: F401  (registers the Doc extensions)
from depesje.annotations import Certainty, Mode, Statement
from depesje.attribution import Attribution
from depesje.attribution_finding import attributions
from depesje.certainty import grade_content
from depesje.cues import is_document, is_people, word_class
from depesje.discourse import Speaker
from depesje.quotations import Quotation, in_marks
from depesje.speakers import SpeakerResolver
from depesje.syntax import Sentence, Syntax

#: A run of unattributed sentences in running text is followed this far.
_LONGEST_RUN = 10
#: So many tokens of a sentence are read for pronouns; longer ones are no language.
_LONGEST_SENTENCE = 200
#: Characters of a statement; sentences beyond are broken text.
_LONGEST_CONTENT = 3000
#: So many tokens may stand before the colon of a heading that names its source.
_TITLE_SOURCE = 8
#: Words from the colon on, at least.
_TITLE_WORDS = 4
#: With so many words in common, a heading and a quotation are the same.
_SAME_WORDS = 2
#: A dash heading is compared with this many of the statements below it.
_BELOW = 40
_EDGE = " \t\r\n\xa0-–—‒―−,;:|"
_PAIRS = {"«": "»", "»": "«", '"': '"', "“": "”", "”": "”", "‘": "’", "'": "'"}


@dataclass(slots=True)
class Draft:
    """A statement in the making: its content is known, its speaker may not be."""

    start: int
    end: int
    mode: Mode
    sentence: int
    attribution: Attribution | None = None
    speaker: Speaker | None = None


@dataclass(slots=True)
class Run:
    """Sentences of direct speech that belong to one source: `first` to `last`, exclusive."""

    first: int
    last: int
    block: int
    closing: Attribution | None = None
    speaker: Speaker | None = None
    is_question: bool = False


@Language.factory("depesje_statements", assigns=["doc._.statements"])
def create_statements(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Create the component (spaCy factory)."""
    return StatementExtractor()


class StatementExtractor:
    """Sets ``doc._.statements``, in the order of the text."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the statements of one document."""
        doc._.statements = list(_Reader(doc).statements()) if len(doc) else []
        return doc


class _Reader:
    """Reads one document."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.syntax = Syntax(doc)
        self.text = self.syntax.text
        self.sentences = self.syntax.sentences
        self.found = list(attributions(self.syntax))
        self.speakers: dict[Attribution, Speaker] = {}
        self.drafts: list[Draft] = []
        self.used: set[Attribution] = set()
        self.runs = list(self._dash_runs())
        self.run_starts = [run.first for run in self.runs]
        self.spoken: set[int] = set()  # sentences in runs of dashes
        self.asked: set[int] = set()  # sentences of the interviewer
        self._close_runs()
        self.resolver = SpeakerResolver(self.syntax, self.spoken | self.asked | self._in_marks())

    def _in_marks(self) -> set[int]:
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

    def statements(self) -> Iterator[Statement]:
        self._resolve_sources()
        self._find_speakers()
        for run in self.runs:
            self._read_run(run)
        for number in range(len(self.syntax.blocks)):
            self._read_marks(number)
        for sentence in self.sentences:
            for attribution in self.found[sentence.index]:
                self._read_attribution(attribution, sentence)
        self._read_headings()
        yield from self._finish()

    # Sources

    def _resolve_sources(self) -> None:
        """Resolve the sources in the order of the text, so that pronouns find who spoke before."""
        for sentence in self.sentences:
            self.resolver.read_subjects(sentence)
            for attribution in self.found[sentence.index]:
                if attribution.source is None or not self._has_letter(attribution.source):
                    continue
                speaker = self.resolver.resolve(attribution.source)
                if speaker is None and attribution.kind == "backward":
                    speaker = self._as_written(attribution.source)
                if speaker is None:
                    continue
                self.speakers[attribution] = speaker
                is_nested = sentence.index in self.spoken and attribution.kind == "forward"
                if not is_nested and attribution.group != "preposition":
                    self.resolver.discourse.remember(speaker, sentence.index)

    def _has_letter(self, source: tuple[int, int, int]) -> bool:
        return any(c.isalpha() for t in self.doc[source[0] : source[1]] for c in t.text)

    def _as_written(self, source: tuple[int, int, int]) -> Speaker:
        """A pronoun that nobody fits: `forteller de`."""
        first, last = self.doc[source[0]], self.doc[source[1] - 1]
        start, end = first.idx, last.idx + len(last)
        return Speaker(self.text[start:end], None, start, end, False)

    def _speaker(self, attribution: Attribution | None) -> Speaker | None:
        return self.speakers.get(attribution) if attribution else None

    # Dashes

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
        return text[:1] in {"«", "“"} and text.count(text[:1]) > text.count(_PAIRS[text[:1]])

    def _close_runs(self) -> None:
        """Give each run its attribution, if it has one, and cut it there."""
        for run in self.runs:
            run.closing = self._closing(run)
            if run.closing:
                run.last = min(run.last, run.closing.sentence + 1)
        for run, follower in zip_longest(self.runs, self.runs[1:]):
            if run.closing is None:
                run.is_question = self._is_question(run, follower)
                run.last = self._open_end(run, follower)
            (self.asked if run.is_question else self.spoken).update(range(run.first, run.last))

    def _find_speakers(self) -> None:
        for run in self.runs:
            run.speaker = self._speaker(run.closing)
        for index, run in enumerate(self.runs):
            if run.closing is None and not run.is_question:
                run.speaker = self._context_speaker(index)
                run.last = self._before_own_name(run)

    def _closing(self, run: Run) -> Attribution | None:
        for k in range(run.first, min(run.last, run.first + 3 * _LONGEST_RUN)):
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
        if run.last - run.first > _LONGEST_RUN or (
            at_paragraph_end and not at_paragraph_start and not runs_on
        ):
            return run.first + 1
        narrated = (k for k in range(run.first + 1, run.last) if self._is_narrated(k, k == run.last - 1))
        return next(narrated, run.last) if runs_on else run.last

    def _is_narrated(self, k: int, is_last: bool) -> bool:
        """Whether a sentence behind direct speech is the article's own: it leads the next speaker in."""
        sentence = self.sentences[k]
        if self._in_first_person(sentence):
            return False
        if is_last and self.text[sentence.end - 1] == ":":
            return True
        heads = [a.source[2] for a in self.found[k] if a.kind in {"forward", "colon"} and a.source]
        if is_last:
            heads += [i for i in range(sentence.first, sentence.last) if self._is_main_subject(i)]
        return any(self.doc[i].ent_type_ == "PER" for i in heads)

    def _is_main_subject(self, i: int) -> bool:
        token = self.doc[i]
        is_main = token.dep_ == "SUBJ" and token.head.head.i == token.head.i
        return is_main and self.syntax.child(token.head.i, "SBU") is None

    def _before_own_name(self, run: Run) -> int:
        """Where a run ends that names its own speaker: nobody speaks of himself by name."""
        if run.speaker is None or run.speaker.actor is None:
            return run.last
        named = (
            k
            for k in range(run.first + 1, run.last)
            if self.resolver.discourse.names(run.speaker.actor, self.sentences[k])
            and not self._in_first_person(self.sentences[k])
        )
        return next(named, run.last)

    def _context_speaker(self, index: int) -> Speaker | None:
        """The speaker of a run that names none: from the lead-in, the dash paragraph before or after, or the text."""
        run = self.runs[index]
        lead = self._lead_in(run.first)
        if lead:
            return lead
        before = next((r for r in reversed(self.runs[max(0, index - 3) : index]) if not r.is_question), None)
        gap = self._narrated(before.last, run.first) if before else True
        if before and before.speaker and not gap:
            return before.speaker
        led_in = self._subject_before(run.first) if gap else None
        if led_in:
            return led_in
        after = next((r for r in self.runs[index + 1 : index + 4] if not r.is_question), None)
        if after and after.closing and not self._narrated(run.last, after.first):
            return self._speaker(after.closing)
        return self._last_named(run.first) or (
            self._speaker(after.closing) if after and after.closing else None
        )

    def _subject_before(self, k: int) -> Speaker | None:
        """The person that the narration right before sentence `k` is about: `Berg ler. – Nei.`"""
        if k == 0 or k - 1 in self.spoken or self.syntax.blocks[self.sentences[k - 1].block][2]:
            return None
        before = self.sentences[k - 1]
        subjects = (i for i in range(before.first, before.last) if self._is_main_subject(i))
        return next((s for i in subjects if (s := self.resolver.person_at(i))), None)

    def _narrated(self, first: int, last: int) -> bool:
        """Whether the article speaks in its own voice between two sentences; questions asked don't count."""
        return last - first > 6 or any(
            k not in self.asked and not self.syntax.blocks[self.sentences[k].block][2]
            for k in range(first, last)
        )

    def _lead_in(self, k: int) -> Speaker | None:
        """The source of a sentence that ends in a colon right before sentence `k`."""
        if k == 0:
            return None
        before = self.sentences[k - 1]
        if not self.text[before.start : before.end].endswith(":"):
            return None
        for attribution in reversed(self.found[before.index]):
            if attribution.kind in {"colon", "backward"} and attribution in self.speakers:
                if attribution.kind == "colon":
                    self.used.add(attribution)
                return self._speaker(attribution)
        return self.resolver.discourse.person_in(before.first, before.last) or self._writing_in(before)

    def _writing_in(self, sentence: Sentence) -> Speaker | None:
        """`E-posten ble avsluttet med:`: the writing that a sentence is about."""
        subjects = (i for i in range(sentence.first, sentence.last) if self._is_main_subject(i))
        writing = next((i for i in subjects if self.doc[i].pos_ == "NOUN" and is_document(self.doc[i])), None)
        if writing is None:
            return None
        return self.resolver.resolve((*self.syntax.noun_phrase(writing), writing))

    def _last_named(self, k: int) -> Speaker | None:
        """Who spoke or was named last before sentence `k`, in its paragraph or the one before."""
        at = bisect_right(self.run_starts, k - 1)
        spoke = next(
            (r.speaker for r in reversed(self.runs[max(0, at - _LONGEST_RUN) : at]) if r.speaker), None
        )
        rather = spoke.actor if spoke else None
        for j in range(k - 1, max(-1, k - 5), -1):
            for attribution in reversed(self.found[j]):
                speaker = self._speaker(attribution)
                is_nested = j in self.spoken and attribution.kind == "forward"
                if (
                    speaker
                    and attribution.group != "preposition"
                    and not is_nested
                    and self.resolver.is_person_like(speaker)
                ):
                    return speaker
            person = self.resolver.discourse.person_in(
                self.sentences[j].first, self.sentences[j].last, rather
            )
            if person:
                return person
        return None

    def _pronoun_in(self, sentence: Sentence) -> Speaker | None:
        """The person whom a subject pronoun in the article's own sentence means."""
        if sentence.index in self.spoken:
            return None
        within = self.doc[sentence.first : min(sentence.last, sentence.first + _LONGEST_SENTENCE)]
        subjects = (t.i for t in within if t.dep_ == "SUBJ" and t.pos_ == "PRON")
        return next((s for i in subjects if (s := self.resolver.person_at(i))), None)

    def _read_run(self, run: Run) -> None:
        if run.speaker is None or run.is_question or self._is_list(run):
            return
        first = run.first + self._asks_first(run)
        for k in range(first, run.last):
            sentence = self.sentences[k]
            if run.closing and k == run.closing.sentence:
                if run.closing.kind == "backward":
                    self._add_content(run.closing, "direct")
            else:
                self._add(sentence.start, sentence.end, "direct", k, None, run.speaker)
        if run.closing:
            self.used.add(run.closing)

    def _asks_first(self, run: Run) -> bool:
        """Whether a run begins with what the interviewer asks: `– Hva tenker du? Det er trist, sier X.`"""
        first = self.sentences[run.first]
        if run.last - run.first < 2 or self.text[first.end - 1] != "?":
            return False
        words = {t.lower_ for t in self.doc[first.first : min(first.last, first.first + _LONGEST_SENTENCE)]}
        return bool(words & word_class("second_person")) and not words & word_class("first_person")

    def _is_list(self, run: Run) -> bool:
        """Whether the dashes are those of a list: no sentence in it ends like one."""
        if run.closing is not None:
            return False
        text = self.text
        return all(text[s.start : s.end][-1:].isalnum() for s in self.sentences[run.first : run.last])

    # Quotation marks

    def _read_marks(self, number: int) -> None:
        start, end, is_heading = self.syntax.blocks[number]
        for quotation in in_marks(self.text, start, end):
            first = self.syntax.sentence_at(quotation.start).index
            last = self.syntax.sentence_at(max(quotation.start, quotation.end - 1)).index
            if any(
                d.start <= quotation.start and quotation.end <= d.end
                for d in self.drafts[-3 * _LONGEST_RUN :]
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
                if attribution.kind in {"backward", "previous"} and near and attribution in self.speakers:
                    return attribution
        for attribution in self.found[first]:
            if attribution not in self.speakers:
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
                if attribution.kind in {"colon", "backward"} and attribution in self.speakers:
                    return attribution
        return None

    def _read_quotation(self, quotation: Quotation, first: int, last: int, attribution: Attribution) -> None:
        speaker = self._speaker(attribution)
        for k in range(first, last + 1):
            sentence = self.sentences[k]
            start, end = max(sentence.start, quotation.start), min(sentence.end, quotation.end)
            own = attribution if attribution.sentence == k else None
            if own and own.kind == "backward" and own.content and own.content[0] < quotation.outer_start:
                start = own.content[0]
            self._add(start, end, "direct", k, attribution if k == last or own else None, speaker)
        self.used.add(attribution)

    def _read_unattributed(self, quotation: Quotation, first: int, last: int, number: int) -> None:
        """A paragraph that is a quotation as a whole goes to who the text around it quotes."""
        start, end, _ = self.syntax.blocks[number]
        outside = self.text[start : quotation.outer_start] + self.text[quotation.outer_end : end]
        is_led_in = self.text[self.sentences[first].start : quotation.outer_start].strip() == ""
        speaker = self._lead_in(first) if is_led_in else None
        if (speaker is None and any(c.isalnum() for c in outside)) or quotation.end - quotation.start < 30:
            return
        speaker = speaker or self._last_named(first)
        if speaker is None:
            return
        for k in range(first, last + 1):
            sentence = self.sentences[k]
            self._add(
                max(sentence.start, quotation.start),
                min(sentence.end, quotation.end),
                "direct",
                k,
                None,
                speaker,
            )

    # Reported speech

    def _read_attribution(self, attribution: Attribution, sentence: Sentence) -> None:
        if attribution in self.used or attribution not in self.speakers:
            return
        if attribution.group == "show" and sentence.index in self.spoken:
            return  # the speaker points, nobody states
        if attribution.kind == "forward":
            self._add_content(attribution, self._mode(attribution))
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
        return "direct" if text[:1] in _PAIRS and text.rstrip(" .,")[-1:] in _PAIRS.values() else "indirect"

    def _read_backward(self, attribution: Attribution, sentence: Sentence) -> None:
        mode: Mode = "direct" if self._in_first_person(sentence) else "indirect"
        self._add_content(attribution, mode)
        if attribution.group == "preposition":
            return
        k = sentence.index - 1
        while k >= 0 and sentence.index - k <= _LONGEST_RUN and self._runs_on(k, sentence.block):
            before = self.sentences[k]
            self._add(before.start, before.end, "direct", k, None, self._speaker(attribution))
            k -= 1

    def _runs_on(self, k: int, block: int) -> bool:
        """Whether sentence `k` belongs to a quotation that has lost its dash: the source speaks of itself."""
        sentence = self.sentences[k]
        return sentence.block == block and self._in_first_person(sentence) and not self.found[k]

    def _in_first_person(self, sentence: Sentence) -> bool:
        last = min(sentence.last, sentence.first + _LONGEST_SENTENCE)
        return any(t.lower_ in word_class("first_person") for t in self.doc[sentence.first : last])

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
        if any(d.sentence == before.index and d.speaker == self._speaker(attribution) for d in self.drafts):
            return
        self._add(before.start, before.end, "indirect", before.index, attribution, self._speaker(attribution))

    def _has_verb(self, k: int) -> bool:
        """Whether a sentence is one, not a credit (`Foto: …`)."""
        sentence = self.sentences[k]
        last = min(sentence.last, sentence.first + _LONGEST_SENTENCE)
        return not self.syntax.parsed or any(self.syntax.is_finite(i) for i in range(sentence.first, last))

    def _read_colon(self, attribution: Attribution, sentence: Sentence) -> None:
        """`X sier: Vi vinner.`, the content behind the colon in the same sentence or in the paragraph below."""
        colon = next((t for t in self.doc[attribution.cue[-1] : sentence.last] if t.text == ":"), None)
        if colon is None:
            return
        if colon.i == sentence.last - 1:
            self._read_below(attribution, sentence)
        elif colon.i + 3 < sentence.last and self.doc[colon.i + 1].text[:1].isupper():
            speaker = self._speaker(attribution)
            self._add(colon.idx + 1, sentence.end, "direct", sentence.index, attribution, speaker)

    def _read_below(self, attribution: Attribution, sentence: Sentence) -> None:
        """The paragraph without dash or marks below a line that leads it in, or the next sentence of its own."""
        below = self.sentences[sentence.index + 1 : sentence.index + 1 + _LONGEST_RUN]
        same = [s for s in below[:1] if s.block == sentence.block]
        below = same or [s for s in below if s.block == sentence.block + 1]
        is_plain = below and not below[0].dash and self.text[below[0].start] not in _PAIRS
        if not is_plain or self.syntax.blocks[below[0].block][2] or self.found[below[0].index]:
            return
        for said in below:
            mode: Mode = "direct" if self._in_first_person(said) else "indirect"
            self._add(said.start, said.end, mode, said.index, None, self._speaker(attribution))

    # Headings

    def _read_headings(self) -> None:
        """A heading with a dash, or one that leaves its subject out, goes to whom the text below quotes so."""
        said = sorted(self.drafts, key=lambda d: d.sentence)
        numbers = [d.sentence for d in said]
        for heading in self.sentences:
            if not self.syntax.blocks[heading.block][2]:
                continue
            at = bisect_right(numbers, heading.index)
            below = said[at : at + _BELOW]
            for attribution in self.found[heading.index]:
                if attribution.kind == "headless":
                    self._read_headless(attribution, [*below, *reversed(said[max(0, at - _BELOW) : at])])
            if any(a in self.used or a.kind == "backward" for a in self.found[heading.index]):
                continue
            speaker = None
            if heading.dash and not self._is_asked(heading):
                speaker = self._said_below(heading, below) or self._speaks_first(heading, below)
                speaker = speaker or self._spoke_before(heading)
            elif self._is_in_marks(heading):
                speaker = self._said_below(heading, below)
            elif not heading.dash:
                self._read_title(heading)
            self._add(heading.start, heading.end, "direct", heading.index, None, speaker)

    def _is_in_marks(self, heading: Sentence) -> bool:
        text = self.text[heading.start : heading.end]
        return len(text) > 2 and _PAIRS.get(text[0]) == text[-1]

    def _read_headless(self, attribution: Attribution, below: list[Draft]) -> None:
        """`Krever lavere priser`: whoever demands something below, or else above."""
        assert attribution.content is not None
        verb = self.doc[attribution.cue[0]].lower_
        same = (d for d in below if d.attribution and self.doc[d.attribution.cue[0]].lower_ == verb)
        draft = next(same, None)
        if draft:
            speaker = draft.speaker
            self._add(*attribution.content, "indirect", attribution.sentence, attribution, speaker)

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
        speaker = self.resolver.discourse.person_in(heading.first, colon)
        head = next((t for t in self.doc[heading.first : colon] if t.pos_ == "NOUN" and is_people(t)), None)
        if speaker is None and head is not None:
            speaker = self.resolver.resolve((*self.syntax.noun_phrase(head.i), head.i))
        self._add(self.doc[colon].idx + 1, end, "indirect", heading.index, None, speaker)

    def _says(self, colon: int, end: int) -> bool:
        """Whether a verb stands behind a colon, not just a name or a list."""
        behind = self.doc[colon + 1 : colon + _LONGEST_SENTENCE]
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
        return self._lead_in(heading.index) or next(akin, None) or next(first, None)

    def _spoke_before(self, heading: Sentence) -> Speaker | None:
        """Who has spoken right before a dash line below which nobody does."""
        at = bisect_right(self.run_starts, heading.index) - 1
        run = self.runs[at] if at >= 0 else None
        return run.speaker if run is not None and run.last == heading.index else None

    # Putting together

    def _add_content(self, attribution: Attribution, mode: Mode) -> None:
        assert attribution.content is not None
        speaker = self._speaker(attribution)
        self._add(*attribution.content, mode, attribution.sentence, attribution, speaker)
        if attribution.rest:
            self._add(*attribution.rest, mode, attribution.sentence, attribution, speaker)
        self.used.add(attribution)

    def _add(
        self,
        start: int,
        end: int,
        mode: Mode,
        sentence: int,
        attribution: Attribution | None,
        speaker: Speaker | None,
    ) -> None:
        start, end = trim(self.text, start, min(end, start + _LONGEST_CONTENT))
        if speaker is None or not any(c.isalpha() for c in self.text[start:end]):
            return
        self.drafts.append(Draft(start, end, mode, sentence, attribution, speaker))

    def _finish(self) -> Iterator[Statement]:
        seen: set[tuple[int, int, str]] = set()
        made: list[tuple[Draft, Statement]] = []
        for draft in sorted(self.drafts, key=lambda d: (d.start, -d.end, d.mode)):
            key = draft.start, draft.end, draft.speaker.name if draft.speaker else ""
            if key in seen:
                continue
            seen.add(key)
            made.append((draft, self._statement(draft)))
        yield from self._look_back(made)

    def _statement(self, draft: Draft) -> Statement:
        assert draft.speaker is not None
        attribution, speaker = draft.attribution, draft.speaker
        lent = cast(Certainty, attribution.certainty if attribution else "asserted")
        cue, cue_start, cue_end = self._cue(attribution)
        return Statement(
            start=draft.start,
            end=draft.end,
            text=self.text[draft.start : draft.end],
            speaker=speaker.name,
            speaker_actor=speaker.actor,
            speaker_start=speaker.start,
            speaker_end=speaker.end,
            cue=cue,
            cue_start=cue_start,
            cue_end=cue_end,
            mode=draft.mode,
            named_source=speaker.named,
            certainty=grade_content(self.doc, draft.start, draft.end, lent),
        )

    def _cue(self, attribution: Attribution | None) -> tuple[str | None, int | None, int | None]:
        """The cue as written; the offsets are those of its verb where other words split it."""
        if attribution is None:
            return None, None, None
        words = [self.doc[i] for i in attribution.cue]
        whole = words[-1].i - words[0].i + 1 == len(words)
        end = words[-1] if whole else words[0]
        return " ".join(w.text for w in words), words[0].idx, end.idx + len(end)

    def _look_back(self, made: list[tuple[Draft, Statement]]) -> Iterator[Statement]:
        """Grade again what later words confirm, deny or leave unconfirmed."""
        by_sentence: dict[int, list[int]] = {}
        for n, (draft, _) in enumerate(made):
            by_sentence.setdefault(draft.sentence, []).append(n)
        grades: dict[int, Certainty] = {}
        for sentence in self.sentences:
            grade = self._grade_of_previous(sentence)
            for k in range(sentence.index - 1, max(-1, sentence.index - 3), -1) if grade else ():
                if self.sentences[k].block >= sentence.block - 1 and by_sentence.get(k):
                    grades.update(dict.fromkeys(by_sentence[k], cast(Certainty, grade)))
                    break
        for n, (draft, _) in enumerate(made[1:]):
            if made[n][0].sentence == draft.sentence and self._is_denial(draft):
                grades[n] = "denied"
        for n, (_, statement) in enumerate(made):
            yield replace(statement, certainty=grades[n]) if n in grades else statement

    def _is_denial(self, draft: Draft) -> bool:
        """`…, men kommunen benekter dette`: it denies what its own sentence said before."""
        group = draft.attribution.group if draft.attribution else ""
        pronouns = lexicon.load("cues")["retrospective"]["pronouns"]
        return group == "deny" and self.text[draft.start : draft.end].lower() in pronouns

    def _grade_of_previous(self, sentence: Sentence) -> Certainty | None:
        rules = lexicon.load("certainty")["retrospective"]
        tokens = self.doc[sentence.first : sentence.last]
        said = {t.lower_ for t in tokens}
        told = said & {*rules["confirmation"], *rules["unconfirmed"], *rules["denial"]}
        if not told or sentence.dash or not self._takes_up(sentence):
            return None
        if said & set(rules["unconfirmed"]) or (
            said & set(rules["confirmation"]) and said & word_class("negations")
        ):
            return "unconfirmed"
        if said & set(rules["confirmation"]):
            return "confirmed"
        return None if said & word_class("negations") else "denied"

    def _takes_up(self, sentence: Sentence) -> bool:
        """Whether a short sentence speaks of what was just said (`opplysningene`, `dette`)."""
        rules = lexicon.load("cues")["retrospective"]
        if sentence.last - sentence.first > 25 or any(
            t.lower_ == "at" for t in self.doc[sentence.first : sentence.last]
        ):
            return False
        for token in self.doc[sentence.first : sentence.last]:
            if token.lower_ in rules["pronouns"] and token.dep_ in {"SUBJ", "DOBJ", ""}:
                return True
            is_definite = "Def" in token.morph.get("Definite", []) or token.lower_.endswith(
                ("en", "ene", "ane", "et", "a")
            )
            if (
                is_definite
                and token.pos_ in {"NOUN", ""}
                and token.lemma_.lower().endswith(tuple(rules["nouns"]))
            ):
                return True
        return False


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out the dash, the outer quotation marks, commas and the final full stop.

    Parameters
    ----------
    text
        The article.
    start, end
        Offsets of the content as found.

    Returns
    -------
    tuple of int
        The offsets of what is left, ``start <= end``.
    """
    changed = True
    while changed and start < end:
        changed = False
        while start < end and text[start] in _EDGE:
            start, changed = start + 1, True
        while start < end and (text[end - 1] in _EDGE or _is_full_stop(text, end - 1)):
            end, changed = end - 1, True
        inner = text[start:end]
        opening, closing = inner[:1] in _PAIRS, inner[-1:] in set(_PAIRS.values())
        wraps = opening and inner[-1:] == _PAIRS.get(inner[:1]) and not any(m in inner[1:-1] for m in '«»"“”')
        if wraps and len(inner) > 1:
            start, end, changed = start + 1, end - 1, True
        elif opening and _lonely(inner, inner[0]):
            start, changed = start + 1, True
        elif closing and _lonely(inner, inner[-1]):
            end, changed = end - 1, True
    return start, end


def _is_full_stop(text: str, position: int) -> bool:
    return text[position] == "." and text[max(0, position - 1)] != "."


def _lonely(text: str, mark: str) -> bool:
    """Whether a quotation mark has no partner in the text."""
    if mark in "«»":
        return text.count("«") != text.count("»")
    if mark in "“”":
        return (text.count("“") + text.count("”")) % 2 == 1
    return text.count(mark) % 2 == 1


_WORD = re.compile(r"[^\W\d_]{3,}")


def _stems(text: str) -> set[str]:
    """The first letters of the longer words: enough to know `jobbet` in `jobbe`."""
    return {word.lower()[:5] for word in _WORD.findall(text) if len(word) > 3}

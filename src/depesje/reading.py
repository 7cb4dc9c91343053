"""The reading of one document: its sentences and attributions, who speaks in them, and the drafts made so far."""

from collections import defaultdict

from spacy.tokens import Doc

from depesje.annotations import Mode
from depesje.attribution import Attribution
from depesje.attribution_finding import attributions
from depesje.cues import word_class
from depesje.discourse import Speaker
from depesje.drafts import Draft, Run, trim
from depesje.speakers import SpeakerResolver
from depesje.syntax import Sentence, Syntax

#: So many tokens of a sentence are read for pronouns; longer ones are no language.
LONGEST_SENTENCE = 200
#: A run of unattributed sentences in running text is followed this far.
LONGEST_RUN = 10
#: Characters of a statement; sentences beyond are broken text.
_LONGEST_CONTENT = 3000


class Reading:
    """What the readers of one document share.

    Attributes
    ----------
    found
        The attributions of each sentence.
    speakers
        Who the sources of the attributions are.
    used
        The attributions that have given a statement.
    runs
        The runs of direct speech behind dashes; ``run_starts`` are their first sentences.
    spoken, asked
        The sentences in runs of dashes, and those of the interviewer.
    """

    resolver: SpeakerResolver

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.syntax = Syntax(doc)
        self.text = self.syntax.text
        self.sentences = self.syntax.sentences
        self.found = list(attributions(self.syntax))
        self.speakers: dict[Attribution, Speaker] = {}
        self.drafts: list[Draft] = []
        self.drafts_in: dict[int, list[Draft]] = defaultdict(list)  # by sentence
        self.used: set[Attribution] = set()
        self.runs: list[Run] = []
        self.run_starts: list[int] = []
        self.spoken: set[int] = set()
        self.asked: set[int] = set()

    def resolve_sources(self) -> None:
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

    def speaker(self, attribution: Attribution | None) -> Speaker | None:
        return self.speakers.get(attribution) if attribution else None

    def in_first_person(self, sentence: Sentence) -> bool:
        last = min(sentence.last, sentence.first + LONGEST_SENTENCE)
        return any(t.lower_ in word_class("first_person") for t in self.doc[sentence.first : last])

    def add_content(self, attribution: Attribution, mode: Mode) -> None:
        assert attribution.content is not None
        speaker = self.speaker(attribution)
        self.add(*attribution.content, mode, attribution.sentence, attribution, speaker)
        if attribution.rest:
            self.add(*attribution.rest, mode, attribution.sentence, attribution, speaker)
        self.used.add(attribution)

    def add(
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
        draft = Draft(start, end, mode, sentence, attribution, speaker)
        self.drafts.append(draft)
        self.drafts_in[sentence].append(draft)


class SpeechReader:
    """One of those who read a document, each for a kind of speech; what they find goes into the reading."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.doc = reading.doc
        self.syntax = reading.syntax
        self.text = reading.text
        self.sentences = reading.sentences
        self.found = reading.found

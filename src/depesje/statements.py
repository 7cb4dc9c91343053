"""Statements: what the article attributes to a source, who that is, and how certain it is.

Two readings work together. The layout gives direct speech: dashes at the head of a paragraph or after a
sentence (``dash_runs.py``), quotation marks (``marked_speech.py``), and the sentences that run on under them. The
cues (``attribution_finding.py``) give sources and reported speech (``reported_speech.py``). What the article says in
its own voice is no statement.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc

from depesje import annotations, lexicon  # noqa: F401  (registers the Doc extensions)
from depesje.annotations import Certainty, Statement
from depesje.attribution import Attribution
from depesje.certainty import grade_content
from depesje.cues import word_class
from depesje.dash_runs import DashRuns
from depesje.drafts import Draft
from depesje.heading_speech import HeadingSpeech
from depesje.marked_speech import MarkedSpeech
from depesje.reading import Reading
from depesje.reported_speech import ReportedSpeech
from depesje.speakers import SpeakerResolver
from depesje.speech_context import Context
from depesje.syntax import Sentence


@Language.factory("depesje_statements", assigns=["doc._.statements"])
def create_statements(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Create the component (spaCy factory)."""
    return StatementExtractor()


class StatementExtractor:
    """Sets ``doc._.statements``, in the order of the text."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the statements of one document."""
        doc._.statements = list(_Writer(_read(doc)).statements()) if len(doc) else []
        return doc


def _read(doc: Doc) -> Reading:
    """Read one document: who speaks, then what is said."""
    reading = Reading(doc)
    context = Context(reading)
    runs, marks = DashRuns(reading, context), MarkedSpeech(reading, context)
    quoted = reading.spoken | reading.asked | marks.sentences_in()
    reading.resolver = SpeakerResolver(reading.syntax, quoted)
    reading.resolve_sources()
    runs.find_speakers()
    for run in reading.runs:
        runs.read(run)
    for number in range(len(reading.syntax.blocks)):
        marks.read(number)
    reported = ReportedSpeech(reading)
    for sentence in reading.sentences:
        for attribution in reading.found[sentence.index]:
            reported.read(attribution, sentence)
    HeadingSpeech(reading, context).read()
    return reading


class _Writer:
    """Makes statements of the drafts, and grades them."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.doc = reading.doc
        self.text = reading.text
        self.sentences = reading.sentences

    def statements(self) -> Iterator[Statement]:
        seen: set[tuple[int, int, str]] = set()
        made: list[tuple[Draft, Statement]] = []
        for draft in sorted(self.reading.drafts, key=lambda d: (d.start, -d.end, d.mode)):
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

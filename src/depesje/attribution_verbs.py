"""Verbs of saying as cues: which of a form's readings holds, whose act it is, and where its content stands."""

from spacy.tokens import Token

from depesje import lexicon
from depesje.attribution import Attribution
from depesje.attribution_beside import Beside
from depesje.attribution_contents import Contents
from depesje.attribution_sources import Sources
from depesje.attribution_words import Words
from depesje.cues import Cue, cue_forms, is_document, word_class
from depesje.syntax import Sentence, Syntax

_WINDOW = 12
#: Between the words of a phrase (`ta til orde for`) so many tokens may stand.
_GAP = 3
#: Groups of cues that need a mind.
_OPINIONS = frozenset({"think", "believe", "suppose", "hope", "wish", "fear", "doubt", "ask", "promise"})


class Verbs:
    """Reads the verbs of one document."""

    def __init__(self, syntax: Syntax, words: Words) -> None:
        self.syntax = syntax
        self.doc = syntax.doc
        self.words = words
        self.sources = Sources(syntax, words)
        self.contents = Contents(syntax, words)
        self.beside = Beside(syntax, words, self.sources)

    def read(self, i: int, sentence: Sentence) -> Attribution | None:
        token = self.doc[i]
        readings = self._readings(token)
        if not readings and not self.beside.opens_class(i, sentence):
            return None
        if (
            self.syntax.tagged
            and readings
            and token.pos_ not in {"VERB", "AUX"}
            and not self.beside.follows_quotation(i, sentence)
        ):
            return None
        chain = self._finite_chain(i, readings) if readings or token.pos_ == "VERB" else [i]
        if chain and i + 1 < sentence.last and self.doc[i + 1].lower_ in word_class("narrators"):
            return None  # `disse tallene mener jeg er …`
        if chain is None or self._is_condition(chain, sentence):
            return None
        for cue in readings:
            particles = self._particles(i, cue, sentence)
            if particles is not None:
                found = self._reading(i, cue, particles, chain, sentence)
                if found:
                    return found
        if not readings:
            return self.beside.read(i, (i,), "asserted", chain, sentence)
        return None

    def _readings(self, token: Token) -> tuple[Cue, ...]:
        """The cues that a form can be; an unlisted form of a listed verb counts by its lemma."""
        listed = cue_forms().get(token.lower_)
        if listed is None and token.pos_ == "VERB" and "Pass" not in token.morph.get("Voice", []):
            by_lemma = cue_forms().get(token.lemma_.lower(), ())
            finite = "Fin" in token.morph.get("VerbForm", [])
            return tuple(
                dict.fromkeys(c._replace(finite=finite) for c in by_lemma if c.lemma == token.lemma_.lower())
            )
        return listed or ()

    def _reading(
        self, i: int, cue: Cue, particles: tuple[int, ...], chain: list[int], sentence: Sentence
    ) -> Attribution | None:
        words = (i, *particles)
        if cue.passive or self.syntax.is_passive(i, chain):
            return self._passive(i, cue, words, chain, sentence)
        certainty = self._certainty(i, cue, chain, particles)
        if self._is_headless(i, sentence):
            content = self.contents.behind(i, cue, words, i, sentence)
            return content and Attribution(
                "headless", sentence.index, words, None, content, certainty, None, cue.group
            )
        source = self.sources.written_in(i, sentence)
        if cue.group != "written":
            source = source or self.sources.find(i, chain, sentence)
        if source is None or (cue.group == "voice" and len(chain) > 1):
            return None
        if not particles and self._is_reflexive(i):
            return None
        if cue.group == "suppose" and particles and self._has_object(i, particles[0]):
            return None  # `åpnet vinduet for å se`
        if cue.lemma in {"være", "vere"} and any(
            self.doc[v].lemma_ not in {"ha", "være", "vere"} for v in chain
        ):
            return None  # `må være trygg på at`
        if (
            self._only_seems(i, cue)
            or self._only_means(i, cue, chain)
            or self._is_possible_request(cue, chain)
        ):
            return None
        if cue.group == "show" and not is_document(self.doc[source[2]]):
            return None
        if certainty == "dropped":
            return None
        if not self.words.is_person(source):
            if cue.group in _OPINIONS and self.words.is_abstract(source[2]):
                return None
            cue = cue._replace(takes=cue.takes - {"object", "infinitive", "names"})
        if sentence.dash and self.doc[chain[-1]].dep_ == "PAR":
            beside = self.beside.read(i, words, certainty, chain, sentence)
            if beside:
                return beside
        if i == sentence.first and self.doc[i].is_title and source[0] > i:
            return None
        behind = max(words[-1], source[1] - 1 if source[0] > i else 0)
        content = self.contents.behind(i, cue, words, behind, sentence)
        if content:
            return Attribution("forward", sentence.index, words, source, content, certainty, None, cue.group)
        beside = self.beside.read(i, words, certainty, chain, sentence)
        if beside:
            return beside
        noted = self.beside.noted(words, source, certainty, sentence)
        if noted:
            return noted
        if self.beside.takes_up(i, chain, sentence):
            return Attribution("previous", sentence.index, words, source, None, certainty)
        if self.beside.ends_in_colon(i, sentence):
            return Attribution("colon", sentence.index, words, source, None, certainty)
        return None

    def _only_seems(self, i: int, cue: Cue) -> bool:
        """`Partiet synes ikke å forstå det`."""
        behind = (
            t for t in self.doc[i + 1 : i + 4] if t.pos_ != "ADV" and t.lower_ not in word_class("negations")
        )
        return cue.lemma in {"synes", "synast"} and next((t.lower_ for t in behind), "") == "å"

    def _only_means(self, i: int, cue: Cue, chain: list[int]) -> bool:
        """`Nøytralitet vil si at …`."""
        would = len(chain) == 2 and self.doc[chain[1]].lower_ == "vil"
        return would and cue.lemma in {"si", "seie"} and self.doc[i + 1 : i + 2].text.lower() == "at"

    def _is_possible_request(self, cue: Cue, chain: list[int]) -> bool:
        """`Dommeren kan be ham om å gå`: nobody has asked for anything."""
        modals = (self.doc[v].lower_ for v in chain[1:])
        return cue.group == "request" and any(m in word_class("modals") for m in modals)

    def _passive(
        self, i: int, cue: Cue, words: tuple[int, ...], chain: list[int], sentence: Sentence
    ) -> Attribution | None:
        """`Det opplyses fra politiet at …`, `blir det sagt i rapporten`; nothing where no source is named."""
        doc, syntax = self.doc, self.syntax
        source = None
        for child in (c for verb in chain for c in syntax.children[verb]):
            inner = syntax.child(child, "PUTFYLL") if doc[child].pos_ == "ADP" else None
            if inner is None or doc[inner].pos_ not in {"NOUN", "PROPN"} or not self.words.can_speak(inner):
                continue
            is_place = doc[child].lower_ in word_class("written_in") and is_document(doc[inner])
            if is_place or doc[child].lower_ in word_class("source_of_passive"):
                source = (*syntax.noun_phrase(inner), inner)
                break
        if source is None or self.syntax.is_negated(chain):
            return None
        content = self.contents.behind(
            i, cue._replace(takes=cue.takes | {"clause"} - {"object"}), words, words[-1], sentence
        )
        if content:
            return Attribution("forward", sentence.index, words, source, content, cue.certainty)
        subject = syntax.subject(i)
        if subject is not None and self.words.is_det(subject) and subject == sentence.first:
            return Attribution("previous", sentence.index, words, source, None, cue.certainty)
        return None

    def _particles(self, i: int, cue: Cue, sentence: Sentence) -> tuple[int, ...] | None:
        """Tokens of the words that complete the cue, in order, or None if one is missing."""
        found: list[int] = []
        position = i + 1
        stop = min(sentence.last, i + _WINDOW)
        for particle in cue.particles:
            while position < stop and self.doc[position].lower_ != particle:
                if self.doc[position].text in {":", ";"} or self.doc[position].lower_ == "at":
                    return None
                position += 1
            if position >= stop or (found and position - found[-1] > _GAP):
                return None
            found.append(position)
            position += 1
        is_other = position < stop and self.doc[position].lower_ in word_class("other_phrase")
        return None if cue.particles and is_other else tuple(found)

    def _finite_chain(self, i: int, readings: tuple[Cue, ...]) -> list[int] | None:
        """The verb with its auxiliaries, up to a finite verb; None for a verb that is nobody's act."""
        syntax = self.syntax
        if not syntax.parsed:
            return [i] if any(c.finite for c in readings) or not readings else None
        chain = syntax.auxiliaries(i)
        top = chain[-1]
        if syntax.is_finite(top):
            return chain
        token = self.doc[top]
        if token.dep_ == "KOORD" and token.head.pos_ in {"VERB", "AUX"}:  # `har avvist … og lovet …`
            above = syntax.auxiliaries(token.head.i)
            if syntax.is_finite(above[-1]):
                return [*chain, above[-1]] if len(above) > 1 else None
        if self._marker(top) is not None:  # `valgte å si at`
            governor = self.doc[self.doc[top].head.i].head.i
            if self.doc[governor].lemma_ in word_class("control") | word_class("refusal"):
                above = syntax.auxiliaries(governor)
                return [*chain, *above] if syntax.is_finite(above[-1]) else None
        is_past = any(c.finite and c.lemma for c in readings) and syntax.child(i, "SUBJ") is not None
        return chain if is_past else None

    def _marker(self, i: int) -> int | None:
        """The infinitive marker that governs an infinitive."""
        head = self.doc[i].head
        return head.i if head.i != i and head.lower_ == "å" else None

    def _is_condition(self, chain: list[int], sentence: Sentence) -> bool:
        """Whether the verb stands in a condition or is asked about: then nobody has said it."""
        for verb in chain:
            for child in self.syntax.children[verb]:
                if self.doc[child].dep_ == "SBU" and self.doc[child].lower_ in word_class("conditions"):
                    return True
        finite = chain[-1]
        asked = self.doc[sentence.last - 1].text == "?" and finite == sentence.first
        return asked and self.doc[finite].is_title

    def _has_object(self, i: int, behind: int) -> bool:
        return any(i < c < behind and self.doc[c].dep_ == "DOBJ" for c in self.syntax.children[i])

    def _is_reflexive(self, i: int) -> bool:
        """`melder seg ut`, `uttaler seg`: nothing is said."""
        return any(self.doc[c].lower_ == "seg" for c in self.syntax.children[i] if i < c <= i + 3)

    def _is_headless(self, i: int, sentence: Sentence) -> bool:
        is_heading = self.syntax.blocks[sentence.block][2]
        return is_heading and i == sentence.first and self.doc[i].is_title

    def _certainty(self, i: int, cue: Cue, chain: list[int], particles: tuple[int, ...]) -> str:
        """The cue's certainty under its negation; ``dropped`` where a negated cue says nothing."""
        negated = self.syntax.is_negated([*chain, *particles]) or any(
            self.doc[v].lemma_ in word_class("refusal") for v in chain[1:]
        )
        if not self.syntax.parsed:
            negated = any(t.lower_ in word_class("negations") for t in self.doc[i + 1 : i + 3])
        if not negated:
            return cue.certainty
        return lexicon.load("certainty")["negated_cues"].get(cue.group, "dropped")

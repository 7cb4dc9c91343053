"""Sources: the noun phrase that a verb of saying has for its subject, or that stands where a source does."""

from depesje.attribution import Phrase
from depesje.cues import cue_forms, is_document, is_people, listed, noun_cues, word_class
from depesje.syntax import QUOTES, Sentence, Syntax

_WINDOW = 12
#: Tokens behind a verb among which the words that complete it stand.
_COMPLETED = 6
_NEVER_SOURCES = frozenset({"VERB", "AUX", "ADP", "ADV", "SCONJ", "PART", "PUNCT", "CCONJ"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM"})


class Sources:
    """Finds the sources of one document's cues."""

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax
        self.doc = syntax.doc

    def find(self, i: int, chain: list[int], sentence: Sentence) -> Phrase | None:
        """The source of the verb at `i`; `chain` are the verb and its auxiliaries."""
        head = self._subject(i, chain, sentence)
        if head is None and not self.syntax.parsed:
            return self._source_by_order(i, sentence)
        if head is None or not self.can_speak(head):
            antecedent = self._antecedent(i, sentence)
            is_open = antecedent is None and (head is None or self.is_det(head))
            return self._source_behind(i, sentence) if is_open else antecedent
        return self._phrase(head, i, sentence)

    def _subject(self, i: int, chain: list[int], sentence: Sentence) -> int | None:
        """The token that heads the subject of the verb at `i`."""
        doc = self.doc
        outer = self.outer_cue(i)
        head = self.syntax.subject(i if outer is None else outer)
        own = [c for c in self.syntax.children[i] if doc[c].dep_ == "SUBJ" and not self._is_time(c)]
        if own and head is not None and self._is_time(head):
            head = own[0]
        named = [c for c in own if doc[c].ent_type_ == "PER"]
        if head is not None and named and doc[head].ent_type_ != "PER":
            head = named[0]
        behind = [c for c in own if c > i]
        if behind and head is not None and head < i and not self._takes_names(i):
            is_clear = self._may_act(head) and not self._may_act(behind[0])  # `Moe sier breene …`
            head = head if is_clear else behind[0]  # two subjects: in Norwegian the verb comes second
        head = self._before_clause(i, head, sentence)
        if head is None and len(chain) > 1:
            head = next((s for v in chain[1:] if (s := self.syntax.subject(v)) is not None), None)
        if head is None and i - 1 in self.syntax.children[i] and doc[i - 1].pos_ in {"NUM", "DET"}:
            return i - 1  # `begge to sier`
        return self._hedged(i) if head is None else head

    def _hedged(self, i: int) -> int | None:
        """`Over halvparten mener …`, where the parse sees a preposition and no subject."""
        hedges = [c for c in self.syntax.children[i] if c < i and self.doc[c].lower_ in word_class("hedges")]
        return self.syntax.child(hedges[-1], "PUTFYLL") if hedges else None

    def _is_time(self, i: int) -> bool:
        """Whether a noun tells when, not who (Dag and Vår are names)."""
        token = self.doc[i]
        is_name = token.ent_type_ == "PER" or token.pos_ == "PROPN"
        return not is_name and token.lemma_.lower() in listed("not_speakers", "times")

    def _may_act(self, head: int) -> bool:
        return self.can_speak(head) and (
            self.is_person((head, head + 1, head)) or is_document(self.doc[head])
        )

    def _phrase(self, head: int, i: int, sentence: Sentence) -> Phrase | None:
        """The noun phrase of the subject at `head` of the verb at `i`, without what belongs to the verb."""
        doc = self.doc
        first, last = self.syntax.noun_phrase(head)
        if (
            doc[first].lower_ in {"noe", "noko"}
            and first < head
            and "Plur" in doc[head].morph.get("Number", [])
        ):
            first += 1  # `noe myndighetene har lovet`
        if self.doc[head].dep_ == "PUTFYLL" and first and doc[first - 1].lower_ in word_class("hedges"):
            first -= 1
        if head > i:
            first = max(first, i + 1)
            head, last = self._quantified(head, last, i)
        if last <= i:
            last = self._without_circumstance(head, last, before=True)
        if last == i and (people := self._people_beside(head, i)) is not None:
            return people, i, i - 1
        near = next((k for k in range(max(first - 1, 1), min(last, i)) if self._is_near(k)), None)
        if near is not None:
            return self._close_to(near, first, i)
        if last == i and self._is_credit(first):
            return self._name_before(i)
        if head < i and self._is_relative(i) and not self._may_act(head):
            return None
        if first > i:
            last = self._without_content(head, self._without_circumstance(head, last))
            return self._apposed_name(first, last, head, sentence)
        if first <= i < last:  # the verb stands inside: an antecedent
            if head >= i:
                return None
            is_source = self.is_person((first, last, head)) or is_document(self.doc[head])
            if not is_source or self.doc[head].pos_ == "NUM":
                return self._people_before(i, sentence)
            last = next(
                (k for k in range(head + 1, i + 1) if self.doc[k].text == "," or self.doc[k].lower_ == "som"),
                i,
            )
        return first, last, head

    def _is_relative(self, i: int) -> bool:
        """Whether the verb at `i` takes its subject from the noun that it, or the verb it goes with, describes."""
        verb = self.doc[i]
        while verb.dep_ in {"KOORD", "INFV"} and verb.head.i < verb.i:
            verb = verb.head
        return verb.dep_ == "ATR" and self.syntax.child(i, "SUBJ") is None

    def _quantified(self, head: int, last: int, i: int) -> tuple[int, int]:
        """`flere ikke navngitte kilder`, which the parse may take apart: its noun, and the end of its phrase."""
        noun = self.syntax.child(i, "DOBJ")
        if noun is None or noun < last or self.doc[head].pos_ not in {"ADJ", "DET", "NUM", "PRON"}:
            return head, last
        between = self.doc[head + 1 : noun]
        is_one = is_people(self.doc[noun]) and all(t.pos_ in {"ADJ", "PART", "ADV", "NUM"} for t in between)
        return (noun, self.syntax.noun_phrase(noun)[1]) if is_one else (head, last)

    def _takes_names(self, i: int) -> bool:
        """Whether the verb at `i` calls somebody something: `Moe kalte Berg en venn`."""
        return any("names" in cue.takes for cue in cue_forms().get(self.doc[i].lower_, ()))

    def _before_clause(self, i: int, head: int | None, sentence: Sentence) -> int | None:
        """Who speaks in `Berg sier han i dag vil gå`, where the parse takes the clause's subject for the speaker."""
        doc, syntax = self.doc, self.syntax
        clauses = [c for c in syntax.children[i] if c > i + 1 and syntax.is_finite(c)]
        before = [c for c in syntax.children[i] if c < i and doc[c].dep_ in {"DOBJ", "SUBJ", "APP"}]
        if doc[i].dep_ == "PAR" and doc[i].head.i < i and self._may_act(doc[i].head.i):
            clauses = [k for k in range(i + 2, min(i + _WINDOW, sentence.last)) if syntax.is_finite(k)]
            before = [doc[i].head.i]
        is_pronoun = head is None or (head == i + 1 and doc[head].pos_ == "PRON")
        if not is_pronoun or sentence.dash or not clauses or not before:
            return head
        if any(t.text in QUOTES for t in doc[before[-1] : i]):
            return head
        return before[-1] if doc[before[-1]].pos_ in {"NOUN", "PROPN", "NUM"} else head

    def outer_cue(self, i: int) -> int | None:
        """The cue that a cue without subject goes with, where the parse puts it into the other's content.

        `Hun mener at broen er farlig og krever at den stenges`: she demands, not the bridge.
        """
        doc, syntax = self.doc, self.syntax
        if (
            doc[i].dep_ != "KOORD"
            or syntax.child(i, "SUBJ", "FSUBJ", "SBU") is not None
            or not syntax.is_finite(i)
        ):
            return None
        at = doc[i].head.i
        for _ in range(8):
            head = doc[at].head.i
            if head == at or head >= i:
                return None
            if self.is_cue(head) and doc[head].morph.get("Tense", []) == doc[i].morph.get("Tense", []):
                return head if syntax.subject(head) is not None else None
            at = head
        return None

    def _is_near(self, k: int) -> bool:
        return self.doc[k].lower_ in word_class("near") and self.doc[k - 1].pos_ == "NOUN"

    def _close_to(self, near: int, first: int, i: int) -> Phrase:
        """`en kilde nær regjeringen`, which the parse seldom holds together: from the first noun to the verb."""
        head = near - 1
        end = next((k for k in range(near + 1, i) if self.doc[k].pos_ not in _NOMINAL), i)
        return min(first, self.syntax.edges(head)[0]), end, head

    def _is_credit(self, first: int) -> bool:
        """Whether a noun phrase begins as the credit of a photo (`FOTO: Ola Nordmann / NTB Kari Nordmann sier`)."""
        return any(self.doc[k].lower_ == "foto" for k in range(max(0, first - 3), first + 1))

    def _name_before(self, i: int) -> Phrase | None:
        """The name that ends right before the verb."""
        first = i
        while first > 0 and self.doc[first - 1].ent_type_ == self.doc[i - 1].ent_type_ != "":
            first -= 1
            if self.doc[first].ent_iob_ == "B":
                break
        return (first, i, first) if first < i else None

    def _people_beside(self, head: int, i: int) -> int | None:
        """Who speaks in `en plan naboene mener vil koste mye`: the people, not the plan that they speak of."""
        doc, k = self.doc, i - 1
        thing = doc[k - 1]
        if k < 1 or head not in {k, k - 1} or doc[k].pos_ != "NOUN" or not is_people(doc[k]):
            return None
        if thing.pos_ != "NOUN" or thing.ent_type_ or is_people(thing):
            return None
        is_definite = "Def" in doc[k].morph.get("Definite", [])
        return k if is_definite or is_document(thing) else None  # but `en rekke naboer`

    def _antecedent(self, i: int, sentence: Sentence) -> Phrase | None:
        """Whom a relative clause is about that the parse hangs elsewhere: `et vitne torsdag som fortalte`."""
        som = self.syntax.child(i, "SBU")
        if som is None or self.doc[som].lower_ != "som" or self.syntax.child(i, "SUBJ") is not None:
            return None
        for k in range(som - 1, max(sentence.first, som - _WINDOW) - 1, -1):
            token = self.doc[k]
            if self.syntax.is_finite(k):
                return None
            if token.ent_type_ in {"PER", "ORG"} or (
                token.pos_ == "NOUN" and (is_people(token) or is_document(token))
            ):
                return self._up_to(k, som)
        return None

    def _without_content(self, head: int, last: int) -> int:
        """Where a source ends whose relative clause has swallowed the content: `foreslår utvalget som … | at …`."""
        for k in range(head + 1, last):
            token = self.doc[k]
            if self.is_cue(k) or (
                token.lower_ in word_class("complement_prepositions")
                and k + 1 < last
                and (self.doc[k + 1].lower_ == "at")
            ):
                return last
            if (
                token.lower_ == "at"
                and token.dep_ == "SBU"
                and self.doc[k - 1].lemma_.lower() not in noun_cues()
            ):
                return k
        return last

    def _people_before(self, i: int, sentence: Sentence) -> Phrase | None:
        """The nearest noun of people before a relative clause."""
        for k in range(i - 1, max(sentence.first, i - _WINDOW) - 1, -1):
            if self.doc[k].pos_ == "NOUN" and is_people(self.doc[k]):
                return self._up_to(k, i)
        return None

    def _up_to(self, k: int, end: int) -> Phrase:
        """The noun phrase of head `k`, ending before token `end` and before a time that was hung on it."""
        first, last = self.syntax.noun_phrase(k)
        times = listed("not_speakers", "times")
        behind = (c for c in self.syntax.children[k] if c > k and self.doc[c].lemma_.lower() in times)
        return first, min([last, end, *behind]), k

    def _without_circumstance(self, head: int, last: int, before: bool = False) -> int:
        """Where a source behind its verb ends: `sier presidenten | på Twitter`, `| til avisa`, `| i en melding`."""
        doc, syntax = self.doc, self.syntax
        last = next((k for k in range(head + 1, last) if doc[k].lower_ in word_class("circumstantial")), last)
        last = next((k for k in range(head + 1, last) if self._is_told(k)), last)
        for child in syntax.children[head]:
            if not head < child < last or doc[child].pos_ != "ADP":
                continue
            inner = syntax.child(child, "PUTFYLL")
            is_medium = inner is not None and (
                doc[inner].lemma_.lower().endswith(tuple(listed("media", "nouns")))
                or any(doc[c].lower_ in word_class("reflexive_possessives") for c in syntax.children[inner])
            )
            if is_medium or (doc[child].lower_ in listed("media", "prepositions") and not before):
                return child
        return last

    def _is_told(self, k: int) -> bool:
        """Whether a source spoke to whom or what stands behind the preposition at `k`: a newspaper, an agency."""
        inner = self.syntax.child(k, "PUTFYLL") if self.doc[k].lower_ in {"til", "overfor"} else None
        if inner is None:
            return False
        token = self.doc[inner]
        return token.ent_type_ == "ORG" or token.lemma_.lower().endswith(tuple(listed("media", "nouns")))

    def _apposed_name(self, first: int, last: int, head: int, sentence: Sentence) -> Phrase:
        """`sier lederen for laget, Ola Nordmann, …`: the name behind the comma, wherever the parse hangs it."""
        doc = self.doc
        name = last + self.trails(last) if last < sentence.last else last
        if name >= sentence.last or doc[name].text != "," or doc[head].ent_type_ == "PER":
            return first, last, head
        while name + 1 < sentence.last and name - last < _WINDOW and self._is_title_on(name):
            name += 1  # `sier eier, investor og tidligere jeger Ola Nordmann`
        if name >= sentence.last or doc[name].ent_type_ != "PER" or not self._is_someone(head):
            return first, last, head
        end = name
        while end < sentence.last and doc[end].ent_type_ == "PER":
            end += 1
        closes = end >= sentence.last or doc[end].text in {",", ".", "(", ":"} or doc[end].pos_ == "ADP"
        return (name, end, name) if closes else (first, last, head)

    def _is_title_on(self, k: int) -> bool:
        """Whether the token at `k` can stand between a title and the name: a comma, another title, its adjective."""
        token = self.doc[k]
        return (
            token.text == ","
            or token.pos_ in {"ADJ", "CCONJ"}
            or (token.pos_ == "NOUN" and token.ent_type_ != "PER" and is_people(token))
        )

    def _is_someone(self, head: int) -> bool:
        return is_people(self.doc[head]) or self.doc[head].text.rpartition("-")[2].endswith(
            tuple(listed("people", "endings"))
        )

    def _source_behind(self, i: int, sentence: Sentence) -> Phrase | None:
        """The noun phrase right behind an inverted verb, for parses that give it no subject."""
        first = i + 1
        while first < sentence.last and self.doc[first].lower_ in word_class("adverbs_behind_verb"):
            first += 1
        object_ = self.syntax.child(i, "DOBJ", "PSUBJ", "SPRED")
        if (
            object_ is not None
            and self.syntax.edges(object_)[0] == first
            and self.doc[object_].pos_ in {"NOUN", "PROPN"}
        ):
            return (*self.syntax.noun_phrase(object_), object_)
        if first >= sentence.last or not self.can_speak(first) or self.doc[first].pos_ not in _NOMINAL:
            return None
        if self.doc[first].pos_ == "NUM" and (share := self._share(first, sentence)):
            return share
        last = first
        while last < sentence.last and self.doc[last].pos_ in _NOMINAL:
            last += 1
        nouns = [k for k in range(first, last) if self.doc[k].pos_ in {"NOUN", "PROPN", "PRON"}]
        return (first, last, nouns[-1]) if nouns else None

    def _share(self, first: int, sentence: Sentence) -> Phrase | None:
        """`ni av ti av de spurte i undersøkelsen`: part of a group, by number, to the end of its phrase."""
        doc, last = self.doc, first + 1
        while last + 1 < sentence.last and doc[last].lower_ in {"av", "prosent"}:
            last += 1
            while last < sentence.last and doc[last].pos_ in {*_NOMINAL, "VERB"} and doc[last].text != ",":
                last += 1
        if last == first + 1:
            return None
        end = self.syntax.edges(last - 1)[1]
        return first, next((k for k in range(last, end) if self.syntax.opens_aside(k)), end), first

    def _source_by_order(self, i: int, sentence: Sentence) -> Phrase | None:
        """Without a parse: a name or pronoun beside the verb."""
        for step in (1, -1):
            k, words = i + step, []
            while sentence.first <= k < sentence.last and (
                self.doc[k].is_title or self.doc[k].lower_ in {"han", "hun", "ho"}
            ):
                words.append(k)
                k += step
            words = [
                w
                for w in words
                if not self.doc[w].is_punct and self.doc[w].lower_ not in listed("not_speakers", "pronouns")
            ]
            if words:
                return min(words), max(words) + 1, max(words)
        return None

    def is_written(self, i: int) -> bool:
        return any(cue.group == "written" for cue in cue_forms().get(self.doc[i].lower_, ()))

    def written_in(self, i: int, sentence: Sentence) -> Phrase | None:
        """`står det i brevet`, `går det fram av rapporten`: the document is the source."""
        doc, syntax = self.doc, self.syntax
        if not self.is_written(i):
            return None
        subject = syntax.child(i, "FSUBJ", "SUBJ")
        if subject is None or not self.is_det(subject):
            return None
        fronted = [c for c in syntax.children[i] if c < i]
        behind = [k for k in range(i + 1, min(i + 6, sentence.last)) if doc[k].pos_ == "ADP"]
        takes_any = doc[i].lemma_ in {"hete", "heite"}  # `I paragraf 5 heter det at`
        for k in [*fronted, *behind]:
            inner = self._writing(k, sentence) if doc[k].lower_ in word_class("written_in") else None
            if inner is not None and (doc[inner].ent_type_ or takes_any or is_document(doc[inner])):
                return (*syntax.noun_phrase(inner), inner)
        there = next((k for k in fronted if doc[k].lower_ in word_class("written_there")), None)
        return None if there is None else (there, there + 1, there)  # `Der går det fram at …`

    def _writing(self, k: int, sentence: Sentence) -> int | None:
        """The noun behind the preposition at `k`, which the parse may take for the next noun's."""
        inner = self.syntax.child(k, "PUTFYLL")
        if inner is not None and inner > k:
            return inner
        near = range(k + 1, min(k + 4, sentence.last))
        return next((n for n in near if self.doc[n].pos_ == "NOUN" and is_document(self.doc[n])), None)

    def is_person(self, source: Phrase) -> bool:
        """Whether a source can act: a name, a pronoun of persons, a noun of people."""
        head = self.doc[source[2]]
        if head.ent_type_ or head.pos_ in {"PROPN", "PRON", "NUM", "DET", "ADJ"} or not self.syntax.tagged:
            return True
        return is_people(head)

    def is_abstract(self, head: int) -> bool:
        token = self.doc[head]
        return token.lower_.endswith(tuple(listed("people", "abstract"))) or is_document(token)

    def is_det(self, i: int) -> bool:
        return self.doc[i].lower_ in {"det", "dette"}

    def can_speak(self, i: int) -> bool:
        token = self.doc[i]
        if token.lower_ in listed("not_speakers", "pronouns"):
            tied = (self.doc[c] for c in self.syntax.children[i] if c > i)
            return any(c.dep_ == "FLAT" or c.lower_ == "av" for c in tied)  # `Det hvite hus`, `en av dem`
        is_word = any(map(str.isalnum, token.text))
        if not is_word or self._is_time(i):
            return False
        return token.pos_ not in _NEVER_SOURCES and token.lower_ != "å"

    def trails(self, k: int) -> int:
        """Tokens behind the source that belong to it: a bracket (`(Sp)`) or closing mark."""
        doc = self.doc
        if doc[k].text == "(":
            return next((n + 1 for n in range(1, 6) if k + n < len(doc) and doc[k + n].text == ")"), 0)
        return 1 if doc[k].text in {")", "»", '"', "”"} else 0

    def is_saying(self, i: int) -> bool:
        """Whether a token can be a cue by itself, also one for direct speech alone."""
        return any(not cue.particles for cue in cue_forms().get(self.doc[i].lower_, ()))

    def is_cue(self, i: int) -> bool:
        """Whether a token is a finite verb of saying with the words that complete it."""
        cues = cue_forms().get(self.doc[i].lower_, ())
        behind = [t.lower_ for t in self.doc[i + 1 : i + _COMPLETED]]
        return any(cue.finite and cue.takes and all(p in behind for p in cue.particles) for cue in cues)

"""Read items as clauses: noun phrases, verbs, prepositions and what belongs to which.

No tagger: the vocabulary says what each item may be, and word order does the rest. English is
read subject-verb-object; German verb-second and verb-last, with separable prefixes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from lichtspiel.director.choice import choose, is_noun, starts_noun_phrase
from lichtspiel.director.frames import Frame, NounPhrase, Relation
from lichtspiel.director.language import Language
from lichtspiel.director.lexicon import Role, Words
from lichtspiel.director.senses import (
    ColourName,
    CueWord,
    FormationWord,
    Item,
    LeftWord,
    MaterialName,
    NumberWord,
    PaceWord,
    ParticleWord,
    PartName,
    PlaceName,
    PrepositionWord,
    Sense,
    SizeWord,
    ThingName,
    VerbWord,
    Word,
)
from lichtspiel.director.tokens import Token

_DETERMINERS: tuple[Literal["every", "both", "other", "indefinite", "definite"], ...] = (
    "every", "both", "other", "indefinite", "definite",
)  # fmt: skip
_SENTENCE_ENDS = frozenset(".!?;:\n…")
_SILENT_MARKS = frozenset("\"'“”„«»’‘*_#")
_OBJECT_CASE = frozenset({"den", "einen", "dem", "einem", "diesen", "diesem", "ihn", "ihm", "keinen"})
_SURFACE_ROLES: frozenset[Role] = frozenset(
    {"on", "onto", "into", "in", "across", "above", "against", "at", "down", "along", "through", "from"}
)


@dataclass
class Reading:
    """What the clauses hold."""

    frames: list[Frame] = field(default_factory=list)
    cues: list[tuple[Item, CueWord, int, bool]] = field(default_factory=list)
    """Cue, its sentence, and whether a camera word stands in its clause."""
    left: list[tuple[Item, str]] = field(default_factory=list)
    """Items that no slot takes, and why."""
    evident: list[tuple[Item, str]] = field(default_factory=list)
    """Items that come true by themselves, and how."""


def read_clauses(tokens: Sequence[Token], items: Sequence[Item], words: Words, language: Language) -> Reading:
    """Read all clauses of a prompt."""
    parser = _Parser(tokens, items, words, language)
    for at, item in enumerate(items):
        parser.take(at, item)
    parser.end_sentence()
    return parser.reading


class _Parser:
    """State of reading from left to right."""

    def __init__(
        self, tokens: Sequence[Token], items: Sequence[Item], words: Words, language: Language
    ) -> None:
        self.tokens, self.items, self.words, self.language = tokens, items, words, language
        self.reading = Reading()
        self.frame = Frame()
        self.phrase = NounPhrase()
        self.role: tuple[Item, Role] | None = None
        self.last: NounPhrase | None = None
        self.elided: list[NounPhrase] = []
        self.before: list[NounPhrase] = []  # noun phrases without preposition, before the verb
        self.behind: list[NounPhrase] = []
        self.groups: list[int] = []  # how many of `before` each group of joined phrases holds
        self.recent: list[NounPhrase | Relation] = []  # since the last comma or conjunction
        self.joined = False  # a conjunction or comma stands before
        self.opened_by_and = False
        self.relative = False
        self.sentence = 0
        self.pending_negation: Item | None = None

    # --- one item ------------------------------------------------------------------

    def take(self, at: int, item: Item) -> None:
        if item.mark:
            self._mark(item)
            return
        following = self._following(at)
        if not item.senses:
            self.reading.left.append((item, ""))
            return
        has_noun = bool(self.before or self.behind or self.frame.verb)
        sense = choose(item, following, not self.phrase.empty or self._determined(), has_noun, self.language)
        match sense:
            case Word():
                self._word(at, item, following)
            case CueWord():
                self._cue(at, item, sense, following)
            case VerbWord():
                self._verb_or_participle(item, sense, following)
            case PrepositionWord():
                self._preposition(at, item, sense)
            case ParticleWord():
                self._particle(item, sense)
            case PaceWord():
                self.frame.paces.append((item, sense.speed))
            case LeftWord():
                self.reading.left.append((item, sense.left.reason))
            case ThingName() | PlaceName() | PartName():
                self._noun(item, sense, following)
            case _:
                self._modifier(item, sense)

    def _following(self, at: int) -> Item | None:
        return self.items[at + 1] if at + 1 < len(self.items) else None

    def _determined(self) -> bool:
        return self.phrase.determiner != "none"

    def _text(self, item: Item) -> str:
        return " ".join(token.key for token in self.tokens[item.start : item.end])

    # --- marks and boundaries --------------------------------------------------------

    def _mark(self, item: Item) -> None:
        if item.mark in _SENTENCE_ENDS:
            self.end_sentence()
        elif item.mark not in _SILENT_MARKS:
            self._boundary(joins=True)
            self.opened_by_and = False

    def end_sentence(self) -> None:
        """Close the clause and forget what was pending."""
        self._finish_phrase(joins=False)
        self._close_frame()
        self.elided.clear()
        self.last_sentence_end()

    def last_sentence_end(self) -> None:
        self.sentence += 1
        self.joined = self.opened_by_and = self.relative = False
        self.role = None

    def _boundary(self, joins: bool) -> None:
        self._finish_phrase(joins)
        self.role = None
        if self.frame.camera and not self.frame.verb:
            self._close_frame()
        self.recent = []
        self.joined = joins

    # --- closed classes ---------------------------------------------------------------

    def _word(self, at: int, item: Item, following: Item | None) -> None:
        if item.word("ground", "person"):
            self._noun(item, item.senses[0], following)
        elif item.word("relative") and self._is_relative(at, following):
            self._relative_clause()
        elif item.word("definite", "indefinite", "every", "both", "other"):
            self._determiner(item, following)
        elif item.word("pronoun"):
            self._noun(item, item.senses[0], None)
        elif item.word("conjunction", "subordinator"):
            self._boundary(joins=item.word("conjunction"))
            self.opened_by_and = item.word("conjunction")
        else:
            self._small_word(item)

    def _small_word(self, item: Item) -> None:
        if item.word("negation"):
            self._negation(item)
        elif item.word("causative"):
            self.frame.causative = True
        elif item.word("passive", "copula"):
            self._finish_phrase(joins=False)
            self.frame.passive = self.frame.passive or item.word("passive")
        elif item.word("together"):
            self.frame.together.append(item)
        elif item.word("varied"):
            self._modifier(item, item.senses[0])
        elif item.word("self_evident"):
            self.role = None
            self.reading.evident.append((item, "follows from the physics"))

    def _negation(self, item: Item) -> None:
        if self.frame.verb and self.language == "de":
            self.frame.negation = item
        else:
            self.pending_negation = item

    def _is_relative(self, at: int, following: Item | None) -> bool:
        if self.last is None or self.phrase.head:
            return False
        if self.language == "en":
            return not is_noun(following) and not (following and following.sense(SizeWord))
        previous = self.items[at - 1] if at else None
        return bool(previous and previous.mark == ",") and not (
            is_noun(following) or ((following and following.sense(ColourName)) or self._adjective(following))
        )

    @staticmethod
    def _adjective(item: Item | None) -> bool:
        kinds = (MaterialName, SizeWord, NumberWord, LeftWord, FormationWord)
        return item is not None and any(isinstance(sense, kinds) for sense in item.senses)

    def _relative_clause(self) -> None:
        noun = self.last
        assert noun is not None
        self._finish_phrase(joins=False)
        if self.frame.verb or noun not in self.before:
            self._close_frame()
            self.before, self.groups = [noun], [1]
        self.recent = []

    def _determiner(self, item: Item, following: Item | None) -> None:
        if self.phrase.share is None and self._only_number() and item.word("definite"):
            self._number_is_share()
        elif not self.phrase.empty:
            self._finish_phrase(joins=False)
        kind = next(kind for kind in _DETERMINERS if item.word(kind))
        if kind in ("definite", "indefinite") and self.phrase.determiner in ("every", "both"):
            return
        self.phrase.determiner = kind
        self._case(item)
        if kind in ("every", "both", "other"):
            self.phrase.modifiers.append((item, Word(kind)))
            if not starts_noun_phrase(following):
                self._finish_phrase(joins=False)

    def _case(self, item: Item) -> None:
        """German accusative behind `auf` or `in` means motion."""
        if self.language != "de" or not self.role:
            return
        preposition = self.role[0].sense(PrepositionWord)
        if preposition and preposition.preposition.motion and self._text(item) in self.words.accusative:
            self.role = (self.role[0], preposition.preposition.motion)

    # --- noun phrases --------------------------------------------------------------------

    def _only_number(self) -> bool:
        return [type(sense) for _, sense in self.phrase.modifiers] == [NumberWord]

    def _number_is_share(self) -> None:
        item, sense = self.phrase.modifiers.pop()
        assert isinstance(sense, NumberWord)
        self.phrase.share = (item, sense.value)

    def _modifier(self, item: Item, sense: Sense) -> None:
        self.phrase.modifiers.append((item, sense))

    def _noun(self, item: Item, sense: Sense, following: Item | None) -> None:
        if is_noun(following) and self.language == "en" and not isinstance(sense, Word) and following:
            ends = following.sense(VerbWord) and not following.plural
            if (
                not ends
                and not following.sense(CueWord)
                and (following.sense(PartName) is not None or following.word("ground"))
            ):
                self._modifier(item, sense)
                return
        self.phrase.head = item
        self.phrase.modifiers.extend((item, modifier) for modifier in item.modifiers)
        self._complete()

    def _complete(self) -> None:
        phrase, self.phrase = self.phrase, NounPhrase()
        for elided in self.elided:
            elided.kin = phrase
        self.elided.clear()
        role, self.role = self.role, None
        phrase.camera = self.frame.camera
        previous, self.last = self.last, phrase
        if role and role[1] == "of" and previous:
            self._belongs(previous, phrase)
        elif previous and previous.head and previous.head.sense(PartName) and self._owned(role):
            previous.owner = phrase
            self.last = previous
        elif role:
            relation = Relation(role[1], phrase, previous if self._adjacent(previous, role[0]) else None)
            self.frame.relations.append(relation)
            self.recent.append(relation)
        else:
            self._bare(phrase)
        self._participles(phrase)

    def _owned(self, role: tuple[Item, Role] | None) -> bool:
        """A genitive or `von` behind a part: Kante des Tisches."""
        return (
            self.language == "de" and role is not None and role[1] == "from" and self._text(role[0]) == "von"
        )

    def _belongs(self, previous: NounPhrase, phrase: NounPhrase) -> None:
        if previous.head and previous.head.sense(PartName):
            previous.owner = phrase
            self.last = previous
            return
        relation = Relation("of", phrase, previous)
        self.frame.relations.append(relation)

    @staticmethod
    def _adjacent(phrase: NounPhrase | None, item: Item) -> bool:
        return phrase is not None and phrase.head is not None and phrase.head.end >= item.start - 1

    def _bare(self, phrase: NounPhrase) -> None:
        self.recent.append(phrase)
        if self.frame.verb:
            self.behind.append(phrase)
            return
        if self.joined and self.groups and self.recent[:1] == [phrase]:
            self.groups[-1] += 1
        else:
            self.groups.append(1)
        self.before.append(phrase)

    def _participles(self, phrase: NounPhrase) -> None:
        for item, sense in phrase.modifiers:
            if isinstance(sense, VerbWord):
                frame = Frame(verb=(item, sense), subjects=[phrase])
                frame.passive = sense.verb.patient is not None and self._past_participle(item)
                self.reading.frames.append(frame)

    def _past_participle(self, item: Item) -> bool:
        text = self.tokens[item.start].key
        return text.endswith(("ed", "en")) if self.language == "en" else text.startswith("ge")

    def _finish_phrase(self, joins: bool) -> None:
        """A noun phrase that ends without a noun."""
        phrase = self.phrase
        if phrase.empty:
            self.phrase = NounPhrase()
            return
        role = self.role[1] if self.role else None
        kinds = {type(sense) for _, sense in phrase.modifiers}
        if joins and phrase.determiner != "none" and kinds & {ColourName, MaterialName, SizeWord, NumberWord}:
            self.phrase = NounPhrase()
            self.elided.append(phrase)
            phrase.camera = self.frame.camera
            self._bare(phrase)
        elif joins and kinds == {NumberWord, ColourName}:
            self.phrase = NounPhrase()
            self.elided.append(phrase)
            self._bare(phrase)
        elif joins and self._adjective_pair():
            return  # a red and shiny ball: the noun is still to come
        elif (role in _SURFACE_ROLES and kinds == {MaterialName}) or (
            kinds <= {NumberWord, Word} and phrase.determiner in ("every", "both")
        ):
            self._complete()
        else:
            self._postposed(phrase)

    def _adjective_pair(self) -> bool:
        return self.phrase.determiner != "none"

    def _postposed(self, phrase: NounPhrase) -> None:
        """Adjectives behind their noun: made of steel, in a row, the ball is red."""
        self.phrase = NounPhrase()
        self.role = None
        target = self.before[0] if self.before and not self.frame.verb and self.frame.passive else self.last
        if target is not None:
            target.modifiers.extend(phrase.modifiers)
        else:
            self.reading.left.extend((item, "no thing stands with it") for item, _ in phrase.modifiers)

    # --- verbs, particles, prepositions -----------------------------------------------------

    def _verb_or_participle(self, item: Item, sense: VerbWord, following: Item | None) -> None:
        text = self.tokens[item.end - 1].key
        bent = text.endswith(("ing", "ed", "en")) if self.language == "en" else "nd" in text[-4:]
        noun_next = is_noun(following) or self._adjective(following)
        if bent and noun_next and (self._determined() or (not self.before and self.language == "en")):
            starts = not self.frame.verb and not self.before
            if self._determined() or (starts and text.endswith("ing")):
                self._modifier(item, sense)
                return
        self._finish_phrase(joins=False)
        self.role = None
        if self.frame.verb:
            self._next_frame(item, sense)
        self.frame.camera = False
        self.frame.verb = (item, sense)
        self.frame.participle = text.endswith("ing")
        if sense.particle:
            self.frame.particles.append((item, sense.particle))
        if self.pending_negation:
            self.frame.negation, self.pending_negation = self.pending_negation, None
        self.recent = []

    def _next_frame(self, item: Item, sense: VerbWord) -> None:
        """A second verb: it takes what stands between the last comma or `and` and itself."""
        moved = self.recent
        nearest = self.last if sense.verb.static and not moved else None
        cut_by_boundary = self.joined or bool(moved)
        passive, self.frame.passive = self.frame.passive, self.frame.passive and not self._be_is_new()
        for one in moved:
            if isinstance(one, Relation) and cut_by_boundary:
                self.frame.relations.remove(one)
            elif isinstance(one, NounPhrase) and one in self.behind:
                self.behind.remove(one)
        inherits_and = self.opened_by_and
        self._close_frame()
        self.frame.passive = passive and not self.frame.passive and self._be_before(item)
        self.before = [one for one in moved if isinstance(one, NounPhrase)]
        self.groups = [len(self.before)] if self.before else []
        self.frame.relations = [one for one in moved if isinstance(one, Relation)]
        self.opened_by_and = inherits_and
        if nearest:
            self.before, self.groups = [nearest], [1]

    def _be_is_new(self) -> bool:
        return False

    def _be_before(self, item: Item) -> bool:
        """Whether a form of `be` or `werden` stands shortly before the verb."""
        at = next(i for i, other in enumerate(self.items) if other.start == item.start)
        for other in reversed(self.items[max(0, at - 6) : at]):
            if other.mark or other.word("conjunction", "subordinator"):
                return False
            if other.word("passive"):
                return True
        return False

    def _preposition(self, at: int, item: Item, sense: PrepositionWord) -> None:
        if self._only_number() and sense.preposition.role in ("of", "from") and self.phrase.share is None:
            self._number_is_share()
            return
        if self._formation_open() and sense.preposition.role in ("of", "from"):
            return
        verb = self.frame.verb
        particle = item.sense(ParticleWord)
        if (
            self.language == "en" and verb and particle and particle.particle in verb[1].verb.particles
            and verb[0].end == item.start and particle.particle in ("over", "down")
            and particle.particle not in verb[1].verb.roles and not self._path(at)
        ):  # fmt: skip
            self.frame.particles.append((item, particle.particle))
            return
        self._finish_phrase(joins=False)
        role = sense.preposition.role
        if self.language == "de" and sense.preposition.motion and self._text(item) in ("ans", "ins", "aufs"):
            role = sense.preposition.motion
        self.role = (item, role)

    def _path(self, at: int) -> bool:
        """`falls down the stairs`: down is a way, not a particle."""
        verb = self.frame.verb
        return bool(verb and verb[1].verb.outcome is None) and starts_noun_phrase(self._following(at))

    def _formation_open(self) -> bool:
        return bool(self.phrase.modifiers) and isinstance(self.phrase.modifiers[-1][1], FormationWord)

    def _particle(self, item: Item, sense: ParticleWord) -> None:
        self._finish_phrase(joins=False)
        self.frame.particles.append((item, sense.particle))
        self.role = None

    def _cue(self, at: int, item: Item, sense: CueWord, following: Item | None) -> None:
        shade = set(sense.cue.setting) == {"light"} and item.end - item.start == 1
        if shade and self._shades(following):
            self.reading.left.append((item, "shades of a thing's own colour have no slot yet"))
            return
        if not is_noun(following) or not shade:
            self._finish_phrase(joins=False)
            self.role = None
        self.reading.cues.append((item, sense, self.sentence, self.frame.camera))
        if sense.cue.amount in ("at_s", "height_m"):
            self.frame.amounts.append((item, sense))
        if sense.cue.camera and self._looks_at(at):
            if self.frame.verb or self.before or self.behind:
                self._close_frame()
            self.frame.camera = True

    @staticmethod
    def _shades(following: Item | None) -> bool:
        kinds = (MaterialName, ColourName, ThingName)
        return following is not None and any(isinstance(sense, kinds) for sense in following.senses)

    def _looks_at(self, at: int) -> bool:
        """Whether a noun phrase follows the camera word."""
        for item in self.items[at + 1 : at + 4]:
            if (
                item.mark
                or item.word("conjunction", "subordinator")
                or (item.sense(VerbWord) is not None and not is_noun(item))
            ):
                return False
            if starts_noun_phrase(item):
                return True
        return False

    # --- closing ---------------------------------------------------------------------------

    def _close_frame(self) -> None:
        frame = self.frame
        if frame.verb:
            self._assign(frame)
        else:
            frame.subjects = self.before + self.behind
        if frame.verb or frame.subjects or frame.relations or frame.together or frame.amounts or frame.paces:
            self.reading.frames.append(frame)
        self.frame = Frame()
        self.before, self.behind, self.groups, self.recent = [], [], [], []

    def _assign(self, frame: Frame) -> None:
        before, behind = self.before, self.behind
        if self.language == "de" and len(self.groups) > 1:
            first = self.groups[0]
            frame.subjects, frame.objects = before[:first], before[first:] + behind
        elif before or not behind:
            frame.subjects, frame.objects = before, behind
        elif self.language == "de" and not self.opened_by_and and not frame.causative:
            nominative = [phrase for phrase in behind if not self._object_case(phrase)]
            subject = nominative[:1]
            frame.subjects, frame.objects = subject, [p for p in behind if p not in subject]
        else:
            frame.objects = behind
        frame.inherits = not frame.subjects
        self.opened_by_and = False

    def _object_case(self, phrase: NounPhrase) -> bool:
        if phrase.head is None:
            return False
        start = min(item.start for item in (phrase.head, *(item for item, _ in phrase.modifiers)))
        return start > 0 and self.tokens[start - 1].key in _OBJECT_CASE

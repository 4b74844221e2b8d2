"""The noun phrase being read, until its noun closes it or something else shows that none comes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from lichtspiel.director.choice import starts_noun_phrase
from lichtspiel.director.frames import Frame, NounPhrase, Reading, Relation
from lichtspiel.director.language import Language
from lichtspiel.director.lexicon import Formation, Number, Part, Preposition, Role, Side, Size, Words
from lichtspiel.director.openclause import OpenClause
from lichtspiel.director.senses import (
    ColourName,
    Item,
    MaterialName,
    Measure,
    PronominalWord,
    Sense,
    VerbWord,
    Word,
)
from lichtspiel.director.tokens import Token

_DETERMINERS: tuple[Literal["every", "both", "other", "indefinite", "definite"], ...] = (
    "every", "both", "other", "indefinite", "definite",
)  # fmt: skip
_SURFACE_ROLES: frozenset[Role] = frozenset(
    {"on", "onto", "into", "in", "across", "above", "against", "at", "down", "along", "through", "from"}
)
_ELLIPTIC = (ColourName, MaterialName, Size, Number)
"""Adjectives that may stand for a noun to come: a red and a blue ball."""


class OpenPhrase:
    """Collects the words of a noun phrase and hands it to the clause and the reading."""

    def __init__(
        self, tokens: Sequence[Token], words: Words, language: Language, clause: OpenClause, reading: Reading
    ) -> None:
        self.tokens, self.words, self.language = tokens, words, language
        self.clause, self.reading = clause, reading
        self.phrase = NounPhrase()
        self.role: tuple[Item, Role] | None = None
        """The preposition before it."""
        self.last: NounPhrase | None = None
        """The noun phrase before it."""
        self.elided: list[NounPhrase] = []
        """Phrases that wait for its noun: a red and a blue ball."""
        self.ahead: list[tuple[Item, Sense]] = []
        """What a clause says first of a thing to come: links steht ein Eimer."""

    def determined(self) -> bool:
        """Whether an article or the like stands before it."""
        return self.phrase.determiner != "none"

    def text(self, item: Item) -> str:
        """The words of an item as the lexicon writes them."""
        return " ".join(token.key for token in self.tokens[item.start : item.end])

    def determine(self, item: Item, following: Item | None) -> None:
        """Take an article, `every`, `both` or `other`."""
        if self.phrase.share is None and self.only_number() and item.word("definite"):
            self.number_is_share()
        elif self.phrase.modifiers:
            self.finish(joins=False)
        kind = next(kind for kind in _DETERMINERS if item.word(kind))
        if kind in ("definite", "indefinite") and self.phrase.determiner in ("every", "both"):
            return
        self.phrase.determiner = kind
        self._case(item)
        if kind in ("every", "both", "other"):
            self.phrase.modifiers.append((item, Word(kind)))
            if not starts_noun_phrase(following):
                self.finish(joins=False)

    def _case(self, item: Item) -> None:
        """German accusative behind `auf` or `in` means motion."""
        if self.language != "de" or not self.role:
            return
        preposition = self.role[0].sense(Preposition)
        if preposition and preposition.motion and self.text(item) in self.words.accusative:
            self.role = (self.role[0], preposition.motion)

    def only_number(self) -> bool:
        """Whether nothing but a number was said of it: `two` of the three."""
        return [type(sense) for _, sense in self.phrase.modifiers] == [Number]

    def number_is_share(self) -> None:
        """Its number says how many of those spoken of before, not how many there are."""
        item, sense = self.phrase.modifiers.pop()
        assert isinstance(sense, Number)
        self.phrase.share = (item, sense.value)

    def take_head(self, item: Item, sense: Sense, following: Item | None) -> None:
        """Take its noun, unless another noun follows that it only describes."""
        compound = (
            self.language == "en"
            and following is not None
            and not isinstance(sense, Word)
            and (following.sense(Part) is not None or following.word("ground"))
            and following.sense(VerbWord) is None
        )
        material = item.sense(MaterialName)
        kinds = {type(modifier) for _, modifier in self.phrase.modifiers}
        on_it = self.role is not None and self.role[1] in _SURFACE_ROLES and not self.determined()
        if on_it and material is not None and not item.plural and kinds <= {ColourName}:  # on black marble
            self.phrase.modifiers.append((item, material))
            self.finish(joins=False)
            return
        if compound:  # table edge, kitchen floor
            self.phrase.modifiers.append((item, sense))
            return
        self.phrase.head = item
        self.phrase.modifiers.extend((item, modifier) for modifier in item.modifiers)
        self.complete()

    def complete(self) -> None:
        """It has all its words: give it to the clause as a noun phrase or a relation."""
        phrase, self.phrase = self.phrase, NounPhrase()
        if phrase.head is None or phrase.head.sense(PronominalWord) is None:
            phrase.modifiers.extend(self.ahead)
            self.ahead.clear()
        for elided in self.elided:
            elided.kin = phrase
        self.elided.clear()
        role, self.role = self.role, None
        phrase.camera = self.clause.frame.camera
        previous, self.last = self.last, phrase
        of_part = previous is not None and previous.head is not None and previous.head.sense(Part) is not None
        if previous and of_part and role and (role[1] == "of" or self.text(role[0]) == "von"):
            previous.owner = phrase
            self.last = previous
        elif role and not self._looked_at():
            beside = previous if previous and self._stands_before(previous, role[0]) else None
            preposition = role[0].sense(Preposition)
            self.clause.relate(Relation(role[1], phrase, beside, preposition.side if preposition else None))
        elif previous and of_part and self._genitive(phrase):
            previous.owner = phrase
        else:
            self.clause.add(phrase)
        self._participles(phrase)

    def _looked_at(self) -> bool:
        """The first noun phrase behind a camera word: close-up of a coin spinning."""
        return self.clause.frame.camera and not self.clause.started

    def _genitive(self, phrase: NounPhrase) -> bool:
        """Kante des Tisches."""
        return (
            phrase.head is not None
            and phrase.head.start > 0
            and self.tokens[phrase.head.start - 1].key == "des"
        )

    @staticmethod
    def _stands_before(phrase: NounPhrase, item: Item) -> bool:
        return phrase.head is not None and phrase.head.end >= item.start - 1

    def _participles(self, phrase: NounPhrase) -> None:
        """`a spinning coin` is a clause of its own; `a toppled bucket` is a state, not a deed."""
        for item, sense in phrase.modifiers:
            text = self.tokens[item.start].key
            if isinstance(sense, VerbWord) and text.endswith(
                ("ing", "nd", "nde", "nder", "ndes", "nden", "ndem")
            ):
                self.reading.frames.append(Frame(verb=(item, sense), subjects=[phrase]))
            elif isinstance(sense, VerbWord):
                self.reading.left.append((item, "how a thing is at the start has no slot yet"))

    def finish(self, joins: bool) -> None:
        """A noun phrase that ends without a noun."""
        phrase = self.phrase
        kinds = {type(sense) for _, sense in phrase.modifiers}
        role = self.role[1] if self.role else None
        surface = role in _SURFACE_ROLES and MaterialName in kinds <= {MaterialName, ColourName}
        elliptic = bool(kinds) and kinds <= set(_ELLIPTIC)
        if phrase.empty:
            self.phrase, self.role = NounPhrase(), None
        elif kinds == {Side} and not role and self._opens_clause():
            self.phrase = NounPhrase()
            self.ahead.extend(phrase.modifiers)
        elif surface:
            self.complete()
        elif self.clause.frame.verb and not role and self.only_number() and not phrase.share:
            self.number_is_share()
            self.complete()
        elif joins and elliptic and (self.determined() or kinds == {Number, ColourName}):
            self.phrase, self.role = NounPhrase(), None
            self.elided.append(phrase)
            phrase.camera = self.clause.frame.camera
            self.clause.add(phrase)
        elif joins and self.determined() and not self.role:
            return  # a striped and shiny ball: the noun is still to come
        elif self._only_formation(kinds) or (
            kinds <= {Number, Word} and phrase.determiner in ("every", "both")
        ):
            self.complete()
        else:
            self._postposed(phrase)

    def _only_formation(self, kinds: set[type]) -> bool:
        """`the tower`: the stack that was spoken of."""
        role = self.role[1] if self.role else None
        named = self.phrase.determiner == "definite" and role is None
        return kinds == {Formation} and (named or (role in _SURFACE_ROLES and role != "in"))

    def _postposed(self, phrase: NounPhrase) -> None:
        """Adjectives behind their noun: made of steel, in a row, the ball is red."""
        role = self.role[1] if self.role else None
        if self._is_measure():
            role = None
        alone = role is None and not self.clause.be and phrase.determiner == "indefinite"
        if alone or role in ("with", "by", "between"):
            self._nameless(phrase)
            return
        bare_of = role == "of" and self.role is not None and self.text(self.role[0]) == "of"
        self.phrase, self.role = NounPhrase(), None
        before = self.clause.before
        target = before[0] if before and self.clause.be and not self.clause.frame.verb else self.last
        if target is not None:
            (target.contents if bare_of else target.modifiers).extend(phrase.modifiers)
        else:
            self.reading.left.extend((item, "no thing stands with it") for item, _ in phrase.modifiers)

    def _opens_clause(self) -> bool:
        """Nothing of the clause stands before it: links ein Eimer, rechts eine Kiste."""
        return not self.clause.started or (self.clause.bounded and not self.clause.recent)

    def _is_measure(self) -> bool:
        """`a ball of 30 cm`, `with 30 cm im Durchmesser`."""
        return [type(sense) for _, sense in self.phrase.modifiers] == [Measure]

    def apposition(self) -> None:
        """`three marbles, one red and one blue`: no noun came, so they speak of the one before."""
        for elided in self.elided:
            elided.kin, elided.apposition = self.last, True
        self.elided.clear()

    def _nameless(self, phrase: NounPhrase) -> None:
        """`a rolling orange`: something the library does not hold."""
        self.phrase, self.role = NounPhrase(), None
        phrase.nameless = True
        self.clause.add(phrase)

    def formation_open(self) -> bool:
        """Whether it waits for what is formed: a stack of …"""
        return bool(self.phrase.modifiers) and isinstance(self.phrase.modifiers[-1][1], Formation)

    def begun(self) -> bool:
        """Whether words of it were read."""
        return self.determined() or bool(self.phrase.modifiers)

"""The clause being read: what stands before its verb, behind it, and since the last comma."""

from __future__ import annotations

from collections.abc import Sequence

from lichtspiel.director.frames import Frame, NounPhrase, Relation
from lichtspiel.director.language import Language
from lichtspiel.director.senses import Item, VerbWord
from lichtspiel.director.tokens import Token

_OBJECT_CASE = frozenset({"den", "einen", "dem", "einem", "diesen", "diesem", "keinen"})
"""German articles that a subject cannot have."""


class OpenClause:
    """Collects noun phrases and relations until a boundary or a second verb closes the clause."""

    def __init__(self, tokens: Sequence[Token], language: Language) -> None:
        self.tokens, self.language = tokens, language
        self.frame = Frame()
        self.before: list[NounPhrase] = []
        """Noun phrases without preposition, before the verb."""
        self.behind: list[NounPhrase] = []
        self.groups: list[int] = []
        """How many of `before` each group of joined phrases holds."""
        self.recent: list[NounPhrase | Relation] = []
        """Since the last comma or conjunction."""
        self.joined = False
        """A conjunction or comma stands right before."""
        self.opened_by_and = False
        self.verb_after_and = False
        """The verb followed `and` with no subject between."""
        self.comma_list = False
        """The last noun phrase before the verb follows a comma, not `and`."""
        self.bounded = False
        """A comma or conjunction stands between the verb and here."""
        self.be = False
        """A form of `be` or `werden` waits for its verb."""
        self.negation: Item | None = None
        """Waits for its verb."""
        self.infinitive = False
        """The verb to come has no subject of its own."""

    @property
    def started(self) -> bool:
        """Whether it holds a verb or a noun phrase."""
        return bool(self.frame.verb or self.before or self.behind)

    def boundary(self, joins: bool, by_and: bool) -> None:
        """A comma, conjunction or the like."""
        self.recent = []
        self.joined, self.opened_by_and, self.bounded = joins, by_and, True

    def add(self, phrase: NounPhrase) -> None:
        """A noun phrase without preposition."""
        self.recent.append(phrase)
        if self.frame.verb:
            self.behind.append(phrase)
            return
        if self.joined and self.groups and len(self.recent) == 1:
            self.groups[-1] += 1
            self.comma_list = not self.opened_by_and
        else:
            self.groups.append(1)
        self.before.append(phrase)

    def relate(self, relation: Relation) -> None:
        """A noun phrase with its preposition."""
        self.frame.relations.append(relation)
        self.recent.append(relation)

    def introduced(self) -> Frame | None:
        """`Ten pins, a ball rolls`: without `and`, the first of two does not act. Takes it out."""
        if self.frame.verb or len(self.before) != 2 or len(self.groups) != 1 or not self.comma_list:
            return None
        first, *self.before = self.before
        self.groups = [1]
        frame = Frame(subjects=[first], relations=[r for r in self.frame.relations if r not in self.recent])
        self.frame.relations = [r for r in self.frame.relations if r in self.recent]
        return frame

    def restart(self, subject: NounPhrase) -> None:
        """Begin anew with a subject known from before: a relative clause."""
        self.before, self.groups, self.recent = [subject], [1], []
        self.joined = False

    def take_verb(self, item: Item, sense: VerbWord, text: str) -> None:
        """The verb of this clause."""
        self.frame.camera = False
        self.frame.verb = (item, sense)
        self.frame.participle = text.endswith("ing")
        self.frame.passive, self.be = self.be, False
        self.frame.negation, self.negation = self.negation, None
        self.frame.infinitive, self.infinitive = self.infinitive, False
        if sense.particle:
            self.frame.particles.append((item, sense.particle))
        self.recent, self.bounded = [], False
        self.verb_after_and = self.opened_by_and

    def next(self, nearest: NounPhrase | None) -> Frame | None:
        """Close it for a second verb, which takes what stands since the last comma or `and`.

        nearest: subject of the second verb if nothing stands there.
        """
        moved = self.recent if self.bounded else []
        by_and = self.opened_by_and
        for one in moved:
            if isinstance(one, Relation):
                self.frame.relations.remove(one)
            elif one in self.behind:
                self.behind.remove(one)
        closed = self.close()
        self.before = [one for one in moved if isinstance(one, NounPhrase)]
        self.groups = [len(self.before)] if self.before else []
        self.frame.relations = [one for one in moved if isinstance(one, Relation)]
        self.opened_by_and = by_and
        if nearest and not moved:
            self.before, self.groups = [nearest], [1]
            self.frame.aside = True
        return closed

    def close(self) -> Frame | None:
        """The finished frame, if it says anything; a new clause begins."""
        frame = self.frame
        if frame.verb:
            self._assign(frame)
        else:
            frame.subjects = self.before + self.behind
        self.frame = Frame()
        self.before, self.behind, self.groups, self.recent = [], [], [], []
        self.comma_list = False
        says = frame.verb or frame.subjects or frame.relations or frame.together or frame.amounts
        return frame if says or frame.paces else None

    def _assign(self, frame: Frame) -> None:
        """Subjects and objects by word order; in German by case where the verb comes first."""
        before, behind = self.before, self.behind
        if frame.infinitive:
            frame.objects = before + behind
        elif self.language == "de" and len(self.groups) > 1:
            first = self.groups[0]
            frame.subjects, frame.objects = before[:first], before[first:] + behind
        elif before or not behind:
            frame.subjects, frame.objects = before, behind
        elif self.language == "de" and not self.verb_after_and and not frame.causative:
            subject = [phrase for phrase in behind if not self._in_object_case(phrase)]
            if frame.verb and frame.verb[1].verb.outcome is not None:
                subject = subject[:1]
            frame.subjects, frame.objects = subject, [phrase for phrase in behind if phrase not in subject]
        else:
            frame.objects = behind
        frame.inherits = not frame.subjects
        self.opened_by_and = self.verb_after_and = False

    def _in_object_case(self, phrase: NounPhrase) -> bool:
        if phrase.head is None:
            return False
        start = min(item.start for item in (phrase.head, *(item for item, _ in phrase.modifiers)))
        return start > 0 and self.tokens[start - 1].key in _OBJECT_CASE

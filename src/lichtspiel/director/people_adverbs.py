"""How something is done or said: adverbs of manner, strength, number and language, and counted deeds."""

from __future__ import annotations

from lichtspiel.director.acting_lexicon import IntensityWord, LanguageWord, Manner, RepeatWord
from lichtspiel.director.people_deeds import take_manner
from lichtspiel.director.people_scene import Scene
from lichtspiel.director.people_senses import Span
from lichtspiel.director.senses import ThingName
from lichtspiel.director.verb_phrases import Tail
from lichtspiel.screenplay import Action


def take_adverb(scene: Scene, span: Span) -> bool:
    """An adverb of manner, strength or number; False when it waits for its verb."""
    manner, amount = span.sense(Manner), span.sense(IntensityWord)
    count, tongue = span.sense(RepeatWord), span.sense(LanguageWord)
    deed, line = scene.deed, scene.line
    if tongue is not None:
        if line is None:
            scene.ledger.refuse(span.item, "nobody says anything")
        else:
            line.language = tongue.language
            line.items.append(span.item)
        return True
    if manner is not None:
        return take_manner(manner.style, manner.delivery, span.item, deed, line)
    if deed is None:
        return False
    if amount is not None:
        deed.fields["intensity"] = amount.amount
        deed.note(span.item, "intensity")
    elif count is not None:
        if deed.action is Action.PERFORM:
            deed.repeat(count.count, span.item)
        else:
            scene.ledger.refuse(span.item, "how often it happens cannot be chosen")
    return True


def take_name(scene: Scene, span: Span, tail: Tail) -> bool:
    """A noun that is only part of what a deed is called, perhaps counted: her glasses, three pirouettes.

    A thing of that name is none where the motion is done with and on nothing. False where it is more.
    """
    deed, thing = scene.deed, span.item.sense(ThingName)
    if deed is None or deed.motion is None or deed.item.start != tail.of:
        return False
    entry = deed.motion
    if thing is None and scene.number is None:
        return False
    if thing is not None and (entry.using or entry.before or entry.on or entry.passes or entry.aims):
        return False
    if scene.number is not None and scene.number[1] > 1:
        deed.repeat(scene.number[1], scene.number[0])
    scene.reading.tails.append((tail.of, span.item))
    scene.forget()
    return True

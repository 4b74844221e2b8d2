"""How something is done or said: adverbs of manner, strength, number and language."""

from __future__ import annotations

from lichtspiel.director.acting_lexicon import IntensityWord, LanguageWord, Manner, RepeatWord
from lichtspiel.director.people_deeds import take_manner
from lichtspiel.director.people_scene import Scene
from lichtspiel.director.people_senses import Span
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
        if deed.action is Action.PERFORM and not (deed.motion and deed.motion.loops and count.count == 1):
            deed.count = count.count
            deed.note(span.item, "motion")
        else:
            scene.ledger.refuse(span.item, "how often it happens cannot be chosen")
    return True

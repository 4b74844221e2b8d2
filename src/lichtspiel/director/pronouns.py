"""What a pronoun refers to."""

from __future__ import annotations

from lichtspiel.director.discourse import Discourse, Referent
from lichtspiel.director.frames import NounPhrase
from lichtspiel.director.senses import PronominalWord
from lichtspiel.screenplay import Action

_PLURAL_PRONOUNS = frozenset({"they", "them", "ihnen"})


def pronoun(discourse: Discourse, phrase: NounPhrase, subject: bool) -> Referent:
    """What a pronoun means: subjects speak of the topic, others rather of what was not the subject."""
    discourse.refuse_modifiers(phrase, "not understood here")
    if phrase.head is not None and phrase.head.sense(PronominalWord) is not None:
        discourse.ledger.realise(phrase.head, "beats", "what was spoken of before")
        return Referent(props=discourse.topic_before or discourse.other_topic)
    others = next(
        (one for one in (discourse.other_topic, discourse.topic_before) if one and one != discourse.topic), ()
    )
    if subject:
        props = others if others and _cannot(discourse, discourse.topic) else discourse.topic
    else:
        props = others if others and discourse.acting else discourse.topic or others
    if phrase.head is not None and discourse.tokens[phrase.head.start].key in _PLURAL_PRONOUNS:
        several = [
            one
            for one in (props, discourse.topic, tuple(discourse.props)[-1:])
            if _number(discourse, one) > 1
        ]
        many = next((prop.id for prop in reversed(discourse.props.values()) if prop.count > 1), None)
        props = several[0] if several else (many,) if many else props
    if phrase.share:
        discourse.ledger.realise(phrase.share[0], "beats", "how many of them")
    share = phrase.share[1] if phrase.share else None
    return Referent(props=props or tuple(discourse.props)[-1:], share=share)


def _number(discourse: Discourse, props: tuple[str, ...]) -> int:
    return sum(discourse.props[prop].count for prop in props)


def _cannot(discourse: Discourse, props: tuple[str, ...]) -> bool:
    """Whether these cannot do what the clause says: balls do not collapse."""
    return discourse.action is Action.TOPPLE and any("ball" in discourse.entry(prop).tags for prop in props)

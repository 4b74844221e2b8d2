"""What is asked of a film, cut into words."""

from __future__ import annotations

from dataclasses import dataclass

from lichtspiel.director.claims import Claims, claim, without_told
from lichtspiel.director.gazetteer import items
from lichtspiel.director.language import Language, detect, leaning, outside_quotes
from lichtspiel.director.people_film import cut_anew
from lichtspiel.director.people_senses import Span
from lichtspiel.director.revision.lexicon import instruction_words
from lichtspiel.director.segments import Segment
from lichtspiel.director.senses import Item
from lichtspiel.director.tokens import Token, tokenise
from lichtspiel.director.vocabulary import Vocabulary, vocabulary
from lichtspiel.screenplay import Screenplay

_LANGUAGES: tuple[Language, Language] = ("en", "de")


@dataclass(frozen=True)
class Asked:
    """A prompt about a film, cut for both readers."""

    prompt: str
    language: Language
    words: Vocabulary
    tokens: tuple[Token, ...]
    items: tuple[Item, ...]
    """As the reader of things takes them."""
    claims: Claims
    cut: tuple[Span, ...]

    @property
    def parts(self) -> tuple[Segment, ...]:
        """Stretches between marks and joining words."""
        return self.claims.parts

    @property
    def plain(self) -> tuple[Item, ...]:
        """The items without what is heard and said."""
        return without_told(self.items, self.claims)


def asked_of(screenplay: Screenplay, prompt: str) -> Asked:
    """Cut a prompt about a film."""
    language = language_of(screenplay, prompt)
    words, other = vocabulary(language), vocabulary("de" if language == "en" else "en")
    tokens = tokenise(prompt)
    found = items(tokens, words, other)
    claims = claim(prompt, tokens, found, language)
    cut = cut_anew(tokens, found, words, other, claims)
    return Asked(prompt, language, words, tokens, found, claims, cut)


def language_of(screenplay: Screenplay, prompt: str) -> Language:
    """The language of a short prompt: its own where it shows, else that of the film."""
    prompt = outside_quotes(prompt)
    sure = leaning(prompt)
    if sure is not None:
        return sure
    tokens = tokenise(prompt)
    english, german = (len(instruction_words(tokens, language)) for language in _LANGUAGES)
    if english != german:
        return "en" if english > german else "de"
    return "de" if detect(prompt) == "de" else screenplay.language

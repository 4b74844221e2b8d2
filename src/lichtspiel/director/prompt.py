"""From a prompt to a screenplay and the account of its words."""

from __future__ import annotations

import difflib

from lichtspiel.director.assembly import assemble, place_alone, tell
from lichtspiel.director.capacity import fitting
from lichtspiel.director.claims import claim, hear, without_told
from lichtspiel.director.clauses import read_clauses
from lichtspiel.director.cue_order import placed, row_s
from lichtspiel.director.gazetteer import items
from lichtspiel.director.language import Language, detect
from lichtspiel.director.ledger import Ledger, understanding
from lichtspiel.director.music_words import from_device
from lichtspiel.director.people_film import cut_anew, film_of_people, people_act, speaks_of_people
from lichtspiel.director.tokens import Token, tokenise
from lichtspiel.director.vocabulary import Vocabulary, names_of, vocabulary
from lichtspiel.screenplay import Screenplay, Understanding

MAX_LETTERS = 32_000
_SUGGESTIONS = 5


class PromptError(ValueError):
    """A prompt that no film can be made of; the message says what to do."""


def read(prompt: str, seed: int = 0, duration_s: float | None = None) -> tuple[Screenplay, Understanding]:
    """Read an English or German prompt.

    duration_s: length of the film; None = what the prompt says, else 4 s. The ledger holds one
    reading for every word with content. Raises PromptError for a prompt that is empty, too long,
    or names no thing and nobody of the library.
    """
    check_length(prompt)
    language = detect(prompt)
    own = vocabulary(language)
    other = vocabulary("de" if language == "en" else "en")
    tokens = tokenise(prompt)
    spans = items(tokens, own, other)
    claims = claim(prompt, tokens, spans, language)
    plain = without_told(spans, claims)
    ledger = Ledger()
    heard = hear(claims, ledger)
    reading = read_clauses(tokens, plain, own.lexicon.words, language)
    story = tell(tokens, reading, own, ledger)
    cut = cut_anew(tokens, spans, own, other, claims)
    if speaks_of_people(cut, claims) and (people_act(cut, claims) or not story.things_act):
        film = film_of_people(prompt, tokens, cut, spans, claims, own, seed, duration_s)
        if film is not None:
            return fitting(from_device(film[0]), film[1])
    if not story.discourse.props:
        place_alone(plain, story, bool(claims.sounds))
    if not story.discourse.props:
        raise PromptError(_unknown(tokens, own, language))
    screenplay = assemble(prompt, reading, story, seed, duration_s, plain, claims.parts, row_s(claims.sounds))
    heard["sounds"] = placed(claims.sounds, ledger)
    screenplay = screenplay.model_copy(update=heard)
    return fitting(from_device(screenplay), understanding(prompt, tokens, plain, ledger))


def check_length(prompt: str) -> None:
    """Raises PromptError for a prompt that is empty or too long to be read."""
    if not prompt.strip():
        raise PromptError("The prompt is empty: say what happens, such as “A red ball rolls off a table”.")
    if len(prompt) > MAX_LETTERS:
        raise PromptError(
            f"The prompt has {len(prompt)} characters; at most {MAX_LETTERS} can be read: shorten it."
        )


def _unknown(tokens: tuple[Token, ...], words: Vocabulary, language: Language) -> str:
    names = [names_of(entry.names, language)[0] for entry in words.library.things.values()]
    near: list[str] = []
    for token in tokens:
        if token.kind == "word" and len(token.key) > 3:
            near += difflib.get_close_matches(token.key, names, n=2, cutoff=0.6)
    near = list(dict.fromkeys([*near, *sorted(names)]))[:_SUGGESTIONS]
    return f"The prompt names no thing and no person that the library holds: try one of {', '.join(near)}, …"

"""What lines sound like: voices, phonemes and their times.

`duration` tells how long a line takes, `speak` speaks it and `load` finds it again by its clip.
"""

from lichtspiel.voice.say import duration, load, speak
from lichtspiel.voice.speech import RATE_HZ, Speaker, Speech, Timed

__all__ = ["RATE_HZ", "Speaker", "Speech", "Timed", "duration", "load", "speak"]

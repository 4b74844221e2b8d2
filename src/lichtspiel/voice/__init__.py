"""What lines sound like: voices, phonemes and their times."""

"""Where the library's sounds come from: each is synthesised from what makes it sound.

A source is a function of its entry's parameters, of how long it goes on in seconds, and of a generator; it
returns samples (N,) at the film's rate, or (2, N) where it is heard from all around. Its level is free: the
entry says how loud it is.
"""

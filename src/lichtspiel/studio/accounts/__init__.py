"""Who may use the studio, and how much of it: accounts, keys, passkeys, limits."""

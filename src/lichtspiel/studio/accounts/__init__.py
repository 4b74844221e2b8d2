"""Who may use the studio: accounts, keys and limits."""

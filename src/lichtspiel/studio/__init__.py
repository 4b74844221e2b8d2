"""The service: accounts, the Videos API and the jobs behind it."""

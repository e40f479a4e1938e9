"""One module for each check; `tests.soak.check` says what has to be in it."""

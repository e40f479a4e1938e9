"""The SQLite file that everything else can be rebuilt from."""

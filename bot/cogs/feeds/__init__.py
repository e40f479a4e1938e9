"""RSS and Atom feeds: found, checked on a schedule, announced."""

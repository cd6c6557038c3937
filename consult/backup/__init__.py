"""Everything the site holds in one file, and back: on either database, while the site runs."""

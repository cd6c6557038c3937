"""Full-text search of comments, in French and English, the same on SQLite and PostgreSQL.

The words of comments are indexed as they are, lower case and without accents, by the database
itself, in the transaction that stores them: nothing is computed here when feedback comes in. What
people type is widened when they search (``forms``), which needs no knowledge of the language a
comment is in, and works without accents, where stemmers need them.
"""

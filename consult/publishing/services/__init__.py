"""Verbs of what is told to the public: who follows what, and who is told."""

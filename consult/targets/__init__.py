"""The targets of “citizens at the centre”: definitions, figures and their history."""

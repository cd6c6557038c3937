"""Background work: a row per job is the truth, Huey only carries its number to a worker."""

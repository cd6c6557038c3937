"""The audit trail: who did what, when, from what to what. It is only ever added to."""

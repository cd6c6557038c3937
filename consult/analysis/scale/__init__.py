"""Past one machine: the stages of an analysis on comments that stay in their parts."""

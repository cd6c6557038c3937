"""The lists of the register, which join what several slices know: who asked, who answered."""

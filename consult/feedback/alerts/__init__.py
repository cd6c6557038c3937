"""What a team should hear of at once: pure detection, from counts and texts to what was found."""

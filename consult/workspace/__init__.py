"""Where a team begins its day, across all slices."""

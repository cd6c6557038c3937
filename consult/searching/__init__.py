"""What people type to search, read the same wherever there is something to find."""

"""Files that people hand in: told by their content, kept out of every folder that is served."""

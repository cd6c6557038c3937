"""The register: what a public body offers and asks, here or elsewhere."""

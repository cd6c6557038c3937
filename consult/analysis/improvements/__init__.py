"""What a public body does about what people said: made, followed, measured and told."""

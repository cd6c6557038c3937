"""Results of a consultation: what people answered, counted, and told without naming anyone."""

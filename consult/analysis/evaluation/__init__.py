"""What analysis finds beside what people gave: ``consult evaluate``, themes and polarity."""

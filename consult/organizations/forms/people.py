"""Forms of public bodies and their people."""

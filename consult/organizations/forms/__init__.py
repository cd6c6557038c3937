"""Forms of accounts and public bodies."""

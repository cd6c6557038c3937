"""What an analysis has to tell, in one place: its page, its files and its export read it here."""

"""What teams do with citizens beside consultations and feedback, and what they learn from it."""

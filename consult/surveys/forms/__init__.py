"""Forms of consultations: the public's, made from a questionnaire, and the staff's."""

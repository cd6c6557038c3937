"""Forms of the questionnaire builder, made from what each type of question can be set to."""

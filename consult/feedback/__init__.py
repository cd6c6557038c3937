"""Feedback after a digital service: the widget, its page, what comes in and the scores."""

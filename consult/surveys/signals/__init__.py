"""Signs of repeated participation, for the analyst to weigh: nothing is removed, nobody blocked.

Three kinds: texts that are nearly the same, several answers from one browser, and many answers in
a short time. An address on the network is never looked at.
"""

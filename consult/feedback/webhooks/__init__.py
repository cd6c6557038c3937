"""Telling other systems, safely: where a message may go, how it is signed, when it is tried again.

Nothing here touches the database or Flask. The signature is that of Standard Webhooks.
"""

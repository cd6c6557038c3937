"""The threshold: what people write is made safe here before it is stored, logged or queued.

Every door calls ``text.clean_text`` and then ``redaction.redact`` on each text it receives, and
``redaction.redact_url`` on each address of a page. Nothing further in reads the original words.
"""

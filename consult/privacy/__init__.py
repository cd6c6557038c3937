"""The threshold: what people write is made safe here before it is stored, logged or queued.

Every door (a questionnaire, the feedback widget, an imported file) calls, in this order:

- ``text.clean_text`` on each text: Unicode NFC, ``\\n``, nothing invisible that breaks storage;
- ``redaction.redact`` on each text, drafts included: identifiers give way to markers;
- ``redaction.redact_url`` on the address of a page.

Nothing further in reads the original words. A new kind of identifier is a recogniser in
``recognizers`` and a marker in ``redaction.MARKERS``.
"""

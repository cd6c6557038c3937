"""What in a quotation speaks of its theme, marked."""

from collections.abc import Sequence

from markupsafe import Markup, escape

_MARK = Markup("<mark>{}</mark>")


def marked(text: str, marks: Sequence[Sequence[float]]) -> str | Markup:
    """The text with its ``marks`` ([start, end, polarity], in letters) in ``<mark>``.

    Unmarked when they hold all of its words, since that would tell nothing.
    """
    spans = sorted((max(0, int(one[0])), min(len(text), int(one[1]))) for one in marks)
    pieces, rest, at = [], "", 0
    for start, end in spans:
        if end > max(start, at):
            start = max(start, at)
            rest += text[at:start]
            pieces += [escape(text[at:start]), _MARK.format(text[start:end])]
            at = end
    rest += text[at:]
    if not pieces or not any(letter.isalnum() for letter in rest):
        return text
    return Markup("").join([*pieces, escape(text[at:])])

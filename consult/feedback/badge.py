"""The score of a service as a small image, drawn without style sheet or script."""

from flask_babel import gettext as _
from markupsafe import escape

from consult.feedback.score_words import TOLD, answers_words, value_words
from consult.feedback.scores import Figure
from consult.i18n import current_lang

#: Width of a letter, at the size of the text: an average, which ``textLength`` then makes exact.
LETTER = 7.2
PADDING = 12
HEIGHT = 28

#: Ground and text of the name, ground and text of the figure; contrast 7:1 and more.
LIGHT = ("#F4F6F9", "#16233B", "#0F4C81", "#FFFFFF")
DARK = ("#17233A", "#EAF0F8", "#8AB8E6", "#0E1626")


def badge(figure: Figure | None, *, dark: bool = False) -> str:
    """An SVG that says the figure in the page's language, or that answers are lacking."""
    if figure is None or figure.value is None:
        name, told = _("Satisfaction"), _("not enough answers yet")
    else:
        name = str(TOLD[figure.measure.name].name)
        value = value_words(figure.measure, figure.value)
        told = f"{value} · {answers_words(figure.answers)}"
    left, right = (round(len(text) * LETTER + 2 * PADDING) for text in (name, told))
    ground, ink, strong, on_strong = DARK if dark else LIGHT
    width, title = left + right, escape(f"{name}{_(':')} {told}")
    font = 'font-family="system-ui, Segoe UI, Roboto, Helvetica, Arial, sans-serif" font-size="14"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{HEIGHT}" '
        f'viewBox="0 0 {width} {HEIGHT}" role="img" lang="{current_lang()}-CA" '
        f'aria-labelledby="t"><title id="t">{title}</title>'
        f'<rect x=".5" y=".5" width="{width - 1}" height="{HEIGHT - 1}" rx="4" fill="{ground}" '
        f'stroke="{strong}"/>'
        f'<path d="M{left} 0H{width - 4}a4 4 0 0 1 4 4V{HEIGHT - 4}a4 4 0 0 1 -4 4H{left}Z" '
        f'fill="{strong}"/>'
        + _text(PADDING, left - 2 * PADDING, ink, name, font)
        + _text(left + PADDING, right - 2 * PADDING, on_strong, told, font)
        + "</svg>"
    )


def _text(x: int, length: int, fill: str, text: str, font: str) -> str:
    return (
        f'<text x="{x}" y="19" fill="{fill}" {font} textLength="{length}" '
        f'lengthAdjust="spacingAndGlyphs">{escape(text)}</text>'
    )

"""Addresses as images that a camera reads."""

from markupsafe import Markup


def qr_image(address: str, title: str) -> Markup:
    """An SVG image of an address, black on white whatever the page; ``title`` names it."""
    import segno

    image = segno.make(address, error="m", micro=False)
    drawn = image.svg_inline(scale=4, border=4, light="#fff", svgclass="app-qr", title=title)
    drawn = drawn.replace("<svg ", '<svg role="img" ', 1)
    return Markup(drawn)  # noqa: S704  (segno escapes the title; the rest is lines)

"""Answers as files for statisticians, with their codebook: CSV, XLSX, JSON, Decidim's CSV.

``export_of`` says what goes out; ``FORMATS`` writes it, whatever the route, as the same bytes.
"""

from consult.surveys.export.codebook import CODEBOOKS
from consult.surveys.export.export import Export, export_of
from consult.surveys.export.formats import FORMATS, Format

__all__ = [
    "CODEBOOKS",
    "FORMATS",
    "Export",
    "Format",
    "export_of",
]

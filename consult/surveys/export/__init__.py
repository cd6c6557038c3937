"""Answers as files for statisticians, with their codebook: CSV, XLSX, JSON, Decidim's CSV.

``export_of`` says what goes out; ``FORMATS`` writes it, whatever the route, as the same bytes.
"""

from consult.surveys.export.codebook import codebook, codebook_csv, codebook_json
from consult.surveys.export.export import Export, export_of
from consult.surveys.export.formats import FORMATS, Format

__all__ = [
    "FORMATS",
    "Export",
    "Format",
    "codebook",
    "codebook_csv",
    "codebook_json",
    "export_of",
]

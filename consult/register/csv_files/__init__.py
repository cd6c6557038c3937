"""The register as CSV files: read, compared with what stands, written."""

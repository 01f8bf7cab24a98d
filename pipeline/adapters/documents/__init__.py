"""The text of the documents that applicants attach: PDF, DOCX, ODT, plain text, and archives of these."""

from pipeline.adapters.documents.reader import DocumentReader

__all__ = ["DocumentReader"]

"""The DOCX writer."""

from briefing_app.export.docx.writer import write_docx

__all__ = ["write_docx"]

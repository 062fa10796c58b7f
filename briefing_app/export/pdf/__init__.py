"""The PDF writer. Its door is ``writer.write_pdf``."""

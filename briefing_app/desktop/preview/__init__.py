"""The preview: the pages of the PDF as they would leave."""

"""The HTML writer. Its door is ``writer.write_html``."""

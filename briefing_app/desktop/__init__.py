"""The window. The only room that knows PySide6."""

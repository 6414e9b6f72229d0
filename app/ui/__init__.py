"""PySide6 widgets: pages, parts, the shell. The only package that imports QtWidgets."""

"""The pages of the shell, one module each; they are reached by app.ui.registry and never import each other."""

"""The text editor of the studio: CodeMirror 6, served by the app itself, so that it works without a network."""

from simulator.views.editor.component import Completions, Typed, editor

__all__ = ["Completions", "Typed", "editor"]

"""Changes to a YAML text that touch only the bytes they mean: comments, order and spacing elsewhere stay."""

from simulator.content.editing.edits import insert, move, remove, rename_key, set_value
from simulator.content.editing.refused import EditRefused

__all__ = ["EditRefused", "insert", "move", "remove", "rename_key", "set_value"]

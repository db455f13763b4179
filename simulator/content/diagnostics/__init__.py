"""Findings about what authors write: each has a stable code, a place, and the act that mends it."""

from simulator.content.diagnostics.catalogue import BY_CODE, CATALOGUE
from simulator.content.diagnostics.diagnostic import Diagnostic, Edit, Severity, Told
from simulator.content.diagnostics.finding import Finding, Span, lines_of

__all__ = ["BY_CODE", "CATALOGUE", "Diagnostic", "Edit", "Finding", "Severity", "Span", "Told", "lines_of"]

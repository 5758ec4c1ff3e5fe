"""Run rules over facts."""

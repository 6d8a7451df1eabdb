"""Diglot builds bilingual Chinese-English study booklets from one paired text."""

"""The paired text: what people write in ``text.md`` and ``glossary.csv``."""

"""A new source text into a work: three-way, pair by pair, without losing a gloss."""

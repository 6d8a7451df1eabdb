"""From a work and an edition to a booklet: what this edition shows, in its script."""

"""What changed in a work since a revision of git, or since it was released."""

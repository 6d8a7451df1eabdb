"""Builds that cannot be stale: what an artifact was made from decides whether it is made again."""

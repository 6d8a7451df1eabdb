"""From the bytes of a Chinese text to its normalized segments: decode, normalize, structure."""

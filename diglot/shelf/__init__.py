"""The shelf: what stands in the output folder as a library page and as catalogues."""

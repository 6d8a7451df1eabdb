"""Pages of a trial work as they were approved, and the means to draw them again.

The faces come with the tests, so that the pages are the same wherever they are set.
"""

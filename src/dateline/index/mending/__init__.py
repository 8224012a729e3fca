"""Is an index what was written, and what can be saved where it is not."""

"""Question and what was asked before → the question in full, by rule or by a language model."""

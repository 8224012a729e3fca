"""Evidence → an answer in the words of a language model, every claim of it checked."""

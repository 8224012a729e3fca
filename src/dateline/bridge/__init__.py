"""LlamaIndex at the seams: its language and embedding models come in, our retriever goes out."""

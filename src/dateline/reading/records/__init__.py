"""Records whose fields are named: JSON in its containers, tables, and the names that fields go by."""

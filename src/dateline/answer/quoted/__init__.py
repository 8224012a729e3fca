"""Ranked sentences → an answer made of quotations."""

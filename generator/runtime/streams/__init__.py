"""Streamed responses: server-sent events, JSON lines, JSON text sequences.

Optional: only generated code may import this package.
"""

"""Streamed responses: server-sent events, JSON lines, JSON text sequences. Optional.

It imports `calls` and the layers below it.
"""

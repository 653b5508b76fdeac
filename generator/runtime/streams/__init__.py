"""Responses that are read item by item: server-sent events, JSON lines, JSON sequences. Optional.

It imports `calls` and what lies below.
"""

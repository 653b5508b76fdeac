"""Schemas as shapes, independent of keywords and of the OpenAPI version.

`reader` reads schemas and `shapes` defines the result; `normalize`, `planning` and `diff` may
import this package.
"""

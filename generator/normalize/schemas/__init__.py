"""Schemas as shapes, independent of the keywords and the OpenAPI version of the document.

`reader` reads schemas, `shapes` defines the result. `normalize`, `planning` and `diff` import this
package.
"""

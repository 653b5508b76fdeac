"""The connection check. Packages have it only if their OpenAPI document names an operation for it.

It may import all layers below; only a client's method `check` imports it.
"""

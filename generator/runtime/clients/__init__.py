"""The synchronous and the asynchronous client: they carry out calls.

`paging` and the layers above it may import this package.
"""

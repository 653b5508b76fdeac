"""The synchronous and the asynchronous client.

`paging` and the layers above it may import this package.
"""

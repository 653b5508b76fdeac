"""The synchronous and the asynchronous client, which carry out the steps of a call.

They import `calls` and the layers below it.
"""

"""The first files of a project: configuration, document, Makefile.

The command `init` writes them; only the command line may import this package.
"""

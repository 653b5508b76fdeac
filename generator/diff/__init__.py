"""Impact of a change of the document, or of the generator, on users of the package.

A rule is a function whose docstring is its reason. The commands and `release` import this package.
"""

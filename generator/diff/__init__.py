"""Impact of changes of the document or the generator on users.

A rule is a function whose docstring is its reason; the command line and `release` may import this
package.
"""

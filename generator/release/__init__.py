"""Release of a package: gate, build, upload, and verification of the installed package.

Only the command line imports this package.
"""

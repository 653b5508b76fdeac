"""The release of a package: gate, build, upload and proof of the installed result.

Only the command line imports this package.
"""

"""Release of a package: gate, build, upload, and verification after installation.

Only the command line may import this package.
"""

# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""The part of a generated package that does not depend on its document."""

"""Generates a typed httpx client package from an OpenAPI document.

The pipeline is a row of pure functions, one module each:

    document.load -> lint.lint -> normalise.normalise -> operations.read + models.write
        -> plan.plan -> render.render -> output.write | output.compare
"""

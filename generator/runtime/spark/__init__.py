"""Data source for Apache Spark that reads lists in order of time.

Optional: only generated code may import this package, in which `interface` alone imports Spark.
"""

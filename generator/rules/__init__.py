"""The rules that an OpenAPI document is held against, a module for each subject."""

"""What a change of the document, or of the generator, means to users of the package."""

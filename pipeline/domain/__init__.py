"""The nouns of the pipeline: frozen values that import nothing but ``schemas.language`` and the standard library."""

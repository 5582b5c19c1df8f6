"""The nouns of the pipeline: frozen values that import nothing but ``schemas.form`` and the standard library."""

"""A package that is damaged: it is found, and cannot be imported."""

raise SyntaxError("damaged")

"""The roll's papers as plain values for their Typst templates; papers are Indonesian."""

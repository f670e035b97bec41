"""Acts on station teams and agents, one module per use."""

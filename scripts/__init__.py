"""The commands: thin, without logic of their own."""

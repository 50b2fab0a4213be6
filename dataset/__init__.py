"""The fact dataset and the pure code that makes it: text in, facts out, nothing of HTTP."""

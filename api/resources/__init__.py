"""The operations of the API, a blueprint for each kind of thing."""

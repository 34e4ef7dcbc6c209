"""The actions in the groups of the API document, one module each."""

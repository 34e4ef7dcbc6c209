"""The documented PBX API, served over an engine: `surface` knows the API's words, an engine knows call centres."""

"""The live state between the poller and the browsers: store, publishing, fan-out, wire protocol."""

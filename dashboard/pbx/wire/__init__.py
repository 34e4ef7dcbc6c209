"""The PBX's rows as they come over the wire: its names, clean values, and only the fields that are of use.

What is not declared is skipped while decoding: passwords everywhere, the options of queues where they are heavy.
"""

"""The administration as a site: how its pages are grouped."""

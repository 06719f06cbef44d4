"""The worker's side of the marketplace over HTTP: web pages, and the same as a small JSON API."""

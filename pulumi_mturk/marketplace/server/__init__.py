"""The marketplace over HTTP, and the delivery of HIT events to an address."""

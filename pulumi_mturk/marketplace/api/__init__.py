"""The requester API of 2017-01-17: its protocol and its operations."""

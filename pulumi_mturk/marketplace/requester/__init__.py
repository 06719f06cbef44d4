"""The requester's side: what each of the API's 39 operations does."""

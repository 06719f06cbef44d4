"""The worker's side: who is there, who may do what, and what they do."""

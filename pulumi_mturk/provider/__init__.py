"""The provider: the lifecycle that all resources share, and the shells by which Pulumi calls it."""

"""What is raised where a test uses the mock, or AWS, in a way that can not work."""


class RequestRefusedError(RuntimeError):
    """A program called another service than Mechanical Turk, and nothing in the test answers for it."""


class MockUsageError(RuntimeError):
    """The mock is used where it is not active, or in two ways that exclude each other."""

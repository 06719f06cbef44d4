"""What the proxy, and programs that are run behind it, need of the system."""

from pulumi_mturk.marketplace.errors import MarketplaceError


def require_posix() -> None:
    """Refuse a system without POSIX's file locks and signals, which is Windows. Raises MarketplaceError."""
    try:
        import fcntl  # noqa: F401
    except ImportError:
        raise MarketplaceError(
            "The proxy in the place of MTurk's hosts does not run on Windows. Use WSL, or `pulumi-mturk marketplace` "
            "with its address in AWS_ENDPOINT_URL_MTURK."
        ) from None

"""The environment variables in which AWS's programs look for credentials."""

from __future__ import annotations

from typing import Final

KEYS: Final = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
CREDENTIALS: Final = (
    *KEYS,
    "AWS_SESSION_TOKEN",
    "AWS_SECURITY_TOKEN",
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_ROLE_ARN",
    "AWS_ROLE_SESSION_NAME",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
    "AWS_BEARER_TOKEN_BEDROCK",
)
"""Variables that hold credentials or lead to them."""
NO_INSTANCE_CREDENTIALS: Final = {"AWS_EC2_METADATA_DISABLED": "true"}
"""Nobody is asked for the credentials that a machine of AWS hands out."""
REGION: Final = "us-east-1"

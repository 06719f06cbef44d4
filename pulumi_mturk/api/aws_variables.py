"""Environment variables by which boto3 is told where credentials, certificates and proxies are, and what is wrong.

boto3 says what failed, not which variable made it fail. Nothing here makes a call or imports boto3, so that a preview
can tell; the embedded marketplace and every other endpoint of `local` goes by none of these variables.
"""

import configparser
import os
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from pulumi_mturk.common.diagnostics import Diagnostic, Diagnostics
from pulumi_mturk.rules import configuration as rules

# In botocore's order: the first that is set is taken.
_PROFILE = ("AWS_DEFAULT_PROFILE", "AWS_PROFILE")
_TRUST = ("AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE")
_FILES = {"AWS_CONFIG_FILE": "~/.aws/config", "AWS_SHARED_CREDENTIALS_FILE": "~/.aws/credentials"}
_VARIANTS = ("AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT")


# Attribute of botocore's credentials -> the variable for it, and what it is.
_CREDENTIALS = {
    "access_key": ("AWS_ACCESS_KEY_ID", "the AWS access key id"),
    "secret_key": ("AWS_SECRET_ACCESS_KEY", "the AWS secret access key"),
    "token": ("AWS_SESSION_TOKEN", "the AWS session token"),
}


class Credentials(Protocol):
    """botocore's credentials; `method` is where they were found."""

    @property
    def access_key(self) -> str:
        """The access key's id."""

    @property
    def secret_key(self) -> str:
        """The secret access key."""

    @property
    def token(self) -> str | None:
        """The session token."""

    @property
    def method(self) -> str:
        """Where they come from: `env`, `shared-credentials-file` and others."""


class Settings(Protocol):
    """What of a configuration matters here."""

    @property
    def url(self) -> str:
        """The address that requests go to."""

    @property
    def profile(self) -> str | None:
        """mturk:profile."""


def faults(settings: Settings) -> list[Diagnostic]:
    """Why no call can be made, each at the variable (or the configuration's key) that is at fault."""
    return [*_profile_faults(settings), *_trust_faults(settings.url), *_proxy_faults(settings.url), *_variants()]


def credential_faults(credentials: Credentials | None) -> Diagnostics:
    """What of the credentials can't be sent, without its value."""
    if credentials is None:
        return
    for attribute, (variable, noun) in _CREDENTIALS.items():
        value = getattr(credentials, attribute) or ""
        if not (value.isascii() and value.isprintable() and " " not in value):
            of_variable = credentials.method == "env"
            yield rules.CREDENTIALS_FORM.at(
                variable if of_variable else noun,
                "holds a line break, a blank or another character that can't be sent (the value is not shown); "
                + (f"set {variable} anew" if of_variable else f"correct it where it is ({credentials.method})"),
            )


def missing_files() -> list[Diagnostic]:
    """Variables that name a file which is not there: boto3 passes over them, and may then find no credentials."""
    return [
        rules.AWS_VARIABLE.at(name, "names a file that is not there, and nothing is read from it; correct or unset it")
        for name in _FILES
        if os.environ.get(name) and not Path(os.environ[name]).expanduser().is_file()
    ]


def proxy_variable(message: str) -> str | None:
    """The variable whose proxy an error's message speaks of."""
    for name, value in sorted(os.environ.items()):
        if name.lower().endswith("_proxy") and (place := _place(value)) and place in message:
            return name
    return None


def trust_variable() -> str | None:
    """The variable that says which certificates are trusted, if one does."""
    return _first(_TRUST)


def _first(names: tuple[str, ...]) -> str | None:
    return next((name for name in names if os.environ.get(name)), None)


def _profile_faults(settings: Settings) -> Diagnostics:
    known: set[str] = set()
    for variable, default in _FILES.items():
        path = Path(os.environ.get(variable) or default).expanduser()
        parser = configparser.RawConfigParser(default_section="", strict=False)
        try:
            parser.read(path, encoding="utf-8")
        except (configparser.Error, UnicodeDecodeError):
            name = variable if os.environ.get(variable) else default
            yield rules.AWS_VARIABLE_AT_FAULT.at(name, "the file can't be read as one of AWS's; correct or remove it")
            return
        known |= {section.removeprefix("profile ").strip("\"' ") for section in parser.sections()}
    variable_of_profile = _first(_PROFILE)
    if settings.profile is not None:
        source, profile = "mturk:profile", settings.profile
    elif variable_of_profile is not None:
        source, profile = variable_of_profile, os.environ[variable_of_profile]
    else:
        return
    if profile not in known and profile != "default":
        yield rules.NO_SUCH_PROFILE.at(
            source, f"the profile {profile} is in no file of AWS's; correct the name, or add the profile"
        )


def _trust_faults(url: str) -> Diagnostics:
    variable = trust_variable()
    if variable is not None and url.startswith("https:") and not Path(os.environ[variable]).exists():
        yield rules.AWS_VARIABLE_AT_FAULT.at(
            variable, "names a file of certificates that is not there; correct or unset it"
        )


def _proxy_faults(url: str) -> Diagnostics:
    import urllib.request  # where a call may be made, and no sooner: it takes 20 ms

    parts = urlsplit(url)
    proxy = urllib.request.getproxies_environment().get(parts.scheme)
    if not proxy or urllib.request.proxy_bypass(parts.netloc):
        return
    name = next(name for name in sorted(os.environ) if name.lower() == f"{parts.scheme}_proxy" and os.environ[name])
    if _place(proxy) is None:
        # Not repeated: it may hold a password.
        yield rules.AWS_VARIABLE_AT_FAULT.at(
            name, "is no address of a proxy; write one such as http://proxy.example.org:3128, or unset it"
        )


def _place(proxy: str) -> str | None:
    """Host and port of a proxy's address, which may be without its scheme, as botocore takes it; None if it is none."""
    try:
        parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or any(map(str.isspace, parts.netloc)):
        return None
    return parts.hostname if port is None else f"{parts.hostname}:{port}"


def _variants() -> Diagnostics:
    for name in _VARIANTS:
        if os.environ.get(name, "").lower() == "true":
            yield rules.AWS_VARIABLE_AT_FAULT.at(name, "asks for an endpoint that MTurk does not have; unset it")

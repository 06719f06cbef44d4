"""`QuestionnaireTest`, as a program writes it: a qualification test out of a YAML file."""

import functools
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pulumi

from pulumi_mturk import questionnaires
from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.sdk.base import MturkResource
from pulumi_mturk.sdk.findings import tell, tell_error
from pulumi_mturk.sdk.user_errors import without_a_traceback

if TYPE_CHECKING:
    from pulumi_mturk.questionnaires import Questionnaire


class QuestionnaireTest:
    """A qualification test with its answer key, times and pass mark, read from YAML files and checked.

    `QualificationType("reader", description="…", test=questionnaire)` takes all of it; the parts are attributes, too.
    """

    test: str
    """The QuestionForm, as XML."""
    test_duration_in_seconds: int | None
    """How long a worker has for it: `minutes` of the file."""
    retry_delay_in_seconds: int | None
    """After how long a worker may try again; None for never, and where the file does not say."""
    pass_mark: int | None
    """The score to ask for: `score(tier, at_least=questionnaire.pass_mark)`."""

    def __init__(self, questionnaire: "Questionnaire", key: pulumi.Output[str] | None = None) -> None:
        """Take a test that is read, with a key that is in it or comes later. `from_yaml` reads one."""
        self._read = questionnaire
        self._keyed: pulumi.Output[Questionnaire | None] | None = None
        if key is not None:
            hidden: pulumi.Output[str] = pulumi.Output.secret(key)
            self._keyed = hidden.apply(self._with_key)
        self.test = questionnaire.test
        self.test_duration_in_seconds = questionnaire.test_duration_in_seconds
        self.retry_delay_in_seconds = questionnaire.retry_delay_in_seconds
        self.pass_mark = questionnaire.pass_mark

    @functools.cached_property
    def answer_key(self) -> pulumi.Output[str] | None:
        """The AnswerKey, as XML; secret. None for a test that is graded by hand."""
        if self._keyed is not None:
            return self._keyed.apply(_key_of)
        # Made when it is asked for: an Output needs an event loop, which there is in a program alone.
        key = self._read.answer_key
        return None if key is None else pulumi.Output.secret(key)

    @classmethod
    def from_yaml(
        cls, path: str | os.PathLike[str], *, key: str | os.PathLike[str] | pulumi.Output[str] | None = None
    ) -> "QuestionnaireTest":
        """Read a test, with its key.

        The format is in docs/qualification-tests.md; `pulumi-mturk test check` tells all that is wrong with a file, and
        `pulumi-mturk test preview` shows it as a worker sees it. A relative path starts in the folder of the program.

        :param path: The test's file.
        :param key: The file of the answer key, which is secret and kept out of git; or the text of one as an output,
            such as `config.require_secret("answerKey")`. Without one the test is graded by hand.
        """
        return _from_yaml(path, key)

    def tell_on(self, resource: MturkResource) -> None:
        """Show on a resource's row what is no error in the files. The documents are looked at by the provider."""
        told = self._read.own_findings
        for found in told:
            tell(found, resource, resource.route)

        def tell_the_rest(keyed: "Questionnaire | None") -> None:
            for found in keyed.own_findings if keyed is not None else ():
                if found not in told:
                    tell(found, resource, resource.route)

        if self._keyed is not None:
            self._keyed.apply(tell_the_rest)

    def _with_key(self, text: str) -> "Questionnaire | None":
        try:
            return self._read.with_key(text, f"the answer key of {self._read.name}")
        except InvalidInputError as error:
            # Raised here, it would be shown several times, each with a traceback of Pulumi's own.
            tell_error(error)
            return None


def _key_of(keyed: "Questionnaire | None") -> Any:
    """The key; of one that is wrong, which is told already, what the provider takes for no text and refuses."""
    return False if keyed is None else keyed.answer_key


@without_a_traceback
def _from_yaml(
    path: str | os.PathLike[str], key: str | os.PathLike[str] | pulumi.Output[str] | None
) -> QuestionnaireTest:
    if isinstance(key, pulumi.Output):
        return QuestionnaireTest(questionnaires.read_text_of(Path(path)), key)
    return QuestionnaireTest(questionnaires.read_file(Path(path), None if key is None else Path(key)))

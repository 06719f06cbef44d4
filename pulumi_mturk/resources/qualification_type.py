"""QualificationType: what workers can be asked to hold, by a test, a grant, or on request."""

from typing import Any

from pulumi_mturk import questions
from pulumi_mturk.common.characters import control_problem
from pulumi_mturk.common.diagnostics import Diagnostic, Diagnostics
from pulumi_mturk.common.entity_ids import ENTITY_ID
from pulumi_mturk.common.errors import InvalidInputError, ProtectedError
from pulumi_mturk.common.unknown import has_value
from pulumi_mturk.provider.lifecycle import Context, Difference, Resource
from pulumi_mturk.provider.ownership import TYPE_NAMES
from pulumi_mturk.resources import adoption, closing_account, removal_messages, type_creation
from pulumi_mturk.resources.existing_types import own_type
from pulumi_mturk.resources.fields import (
    NAME_LIMIT,
    one_line,
    personal_data,
    refuse_import_id,
    refuse_lookup,
    unkind_words,
)
from pulumi_mturk.resources.qualification_type_state import (
    FOREIGN_ANSWER_KEY,
    TEST_MEMBERS,
    UPDATABLE,
    QualificationTypeArgs,
    QualificationTypeState,
    same_keywords,
    seen,
    told_of_test,
    with_outputs,
)
from pulumi_mturk.rules import form
from pulumi_mturk.rules import qualification_types as rules


class QualificationTypeResource(Resource[QualificationTypeArgs, QualificationTypeState]):
    """Create-, Get-, Update- and DeleteQualificationType."""

    token = "QualificationType"  # noqa: S105 - a type token
    summary = (
        "A qualification that workers can hold, with a score: by passing its test, by a grant, or by asking for it. "
        "Workers read its name and description."
    )
    import_id = "its id, or by name= and its exact name"
    args = QualificationTypeArgs
    state = QualificationTypeState

    def normalize(
        self, context: Context, args: QualificationTypeArgs, old: QualificationTypeArgs | None
    ) -> QualificationTypeArgs:
        """Generate a name where the program gives none, and keep it; sum up the test."""
        context.provider.force_destroy[context.urn] = args.force_destroy is True
        if old is not None:
            context.provider.recorded_names[context.urn] = old.name
            type_creation.settle(context, old.name)
        else:
            args = adoption.read_for_plan(context, args)
        if args.name is None:
            name = old.name if old is not None and type_creation.keeps_name(context, args, old) else None
            args = args.replace(name=name or type_creation.generated_name(context, args), name_generated=True)
        if old is None:
            context.provider.names_to_come[context.urn] = args.name
        return args.replace(**told_of_test(args, old))

    def validate(self, context: Context, args: QualificationTypeArgs) -> Diagnostics:
        """One type per name; test, key, duration and automatic granting must fit together; words that workers read."""
        context.provider.tests[context.urn] = args.test is not None
        # Without a name of its own it gets a generated one, which no other has.
        names = {args.name} if has_value(args.name) else set[str]()
        for other in context.provider.ownership.claim(context.urn, TYPE_NAMES, names):
            yield rules.NAME_TWICE.at(
                "name",
                f"the resource {other.name!r} makes a qualification type of the same name, and a name is unique in an "
                "account; use that type here, or give one of the two another name",
            )
        if args.test is not None and args.auto_granted is True:
            yield rules.AUTO_GRANTED_WITH_TEST.at("autoGranted", "can't be true with a test; leave out one of the two")
        if args.test is None:
            if args.answer_key is not None:
                yield rules.KEY_WITHOUT_TEST.at(
                    "answerKey", "scores a test, and there is none; add test or leave this out"
                )
            if args.test_duration_in_seconds is not None:
                yield rules.DURATION_WITHOUT_TEST.at(
                    "testDurationInSeconds", "has no effect without a test; leave it out"
                )
        else:
            yield from _test_diagnostics(args)
        if args.auto_granted_value is not None and args.auto_granted is False:
            yield rules.VALUE_WITHOUT_AUTO_GRANTED.at(
                "autoGrantedValue", "has no effect unless autoGranted is true; leave it out"
            )
        yield from _name_diagnostics(context, args)
        for path, text in (("name", args.name or args.name_prefix or context.name), ("description", args.description)):
            yield from unkind_words(path, text)
        yield from personal_data("description", args.description)

    def validate_new(self, context: Context, args: QualificationTypeArgs) -> Diagnostics:
        """What taking over an existing type would change, or why it can't be; whether a replacement can have its name.

        A replacement whose reasons are the engine's (`replace_on_changes`) is told by this second check alone.
        """
        yield from adoption.validate_new(self, context, args)
        recorded = context.provider.recorded_names.get(context.urn)
        if args.adopt is None and not args.name_generated and has_value(args.name) and args.name == recorded:
            yield _name_held("the type is replaced", args.name, "", _ANOTHER_NAME)

    def validate_change(
        self, context: Context, args: QualificationTypeArgs, old: QualificationTypeArgs, difference: Difference
    ) -> Diagnostics:
        """Why a change replaces the type and what is lost; refused if it can't work or the type is protected."""
        refused = list(adoption.validate_change(context, args, old, difference))
        yield from refused
        if refused or not difference.replaces:
            return
        because = "; ".join(_REASONS[name] for name in difference.replaces)
        if has_value(args.name) and args.name == old.name and not args.name_generated:
            why = f"this change needs a new qualification type ({because})"
            yield _name_held(why, args.name, "", _ANOTHER_NAME)
            return
        if context.configuration.environment == "production" and args.force_destroy is not True:
            live = context.client.find_qualification_type(old.name) if has_value(old.name) else None
            usage = context.client.usage_of_qualification_type(live.qualification_type_id) if live else None
            if usage:
                yield rules.REPLACEMENT_REFUSED.at(
                    "",
                    removal_messages.refusal(
                        "replaced",
                        because,
                        usage,
                        "set force_destroy=True together with this change",
                        granted=args.granted,
                    ),
                )
                return
        yield rules.TYPE_REPLACED.at("", removal_messages.replacement(because, granted=args.granted))

    def equal(self, name: str, old: QualificationTypeArgs, new: QualificationTypeArgs) -> bool:
        """Documents are compared as XML, not byte for byte, and keywords without marks."""
        if super().equal(name, old, new):
            return True
        before, after = getattr(old, name), getattr(new, name)
        if name in ("test", "answer_key") and isinstance(before, str) and isinstance(after, str):
            return questions.equal_xml(before, after)
        if name == "keywords" and isinstance(before, str | None) and isinstance(after, str | None):
            return same_keywords(before, after)
        return False

    def create(self, context: Context, args: QualificationTypeArgs) -> tuple[str, QualificationTypeState]:
        """One call that changes something, if it is not there: made by a run that was cut off, or to be taken over."""
        if args.adopt is not None:
            type_id, state = adoption.take_over(self, context, args)
        else:
            mark = type_creation.mark_for(context, args.keywords)
            live = type_creation.create(context, args, mark)
            type_id, state = live.qualification_type_id, with_outputs(args, live, mark)
            context.provider.created_types.add(type_id)
        context.provider.tests[type_id] = args.test is not None
        context.provider.names_to_come.pop(context.urn, None)
        return type_id, state

    def read(self, context: Context, resource_id: str, state: QualificationTypeState) -> QualificationTypeState | None:
        """One call. A type that is being deleted (`Disposing`) counts as deleted."""
        if state.environment is not None:
            type_creation.settle(context, state.name)
        else:
            refuse_lookup(resource_id)
        live = context.client.get_qualification_type(resource_id)
        if live is None:
            return None
        if state.environment is None:
            context.provider.tests[resource_id] = live.test is not None
        return seen(live, state)

    def find(self, context: Context, import_id: str) -> tuple[str, QualificationTypeState] | None:
        """A type of this account, by its id or its exact name: a listing, and one call."""
        given, _, name = import_id.partition("=")
        named = given == "name" and bool(name.strip())
        refuse_import_id(self, named or ENTITY_ID.fullmatch(import_id))
        if named:
            listed = context.client.find_qualification_type(name)
            live = context.client.get_qualification_type(listed.qualification_type_id) if listed else None
        else:
            live = own_type(context, import_id)
        if live is None:
            return None
        state = seen(live)
        state = state.replace(validate_questions=not _fails(_document_diagnostics(state)))
        generated = type_creation.is_generated(live.name, f"{context.name}-")
        return live.qualification_type_id, state.replace(**told_of_test(state, None), name_generated=generated)

    def update(
        self, context: Context, resource_id: str, state: QualificationTypeState, args: QualificationTypeArgs
    ) -> QualificationTypeState:
        """One call, with the members that differ; none when only directives do."""
        difference = {name for name in UPDATABLE if not self.equal(name, state, args)}
        values: dict[str, Any] = {name: getattr(args, name) for name in difference}
        if args.test is not None and difference & TEST_MEMBERS:
            # A test that is sent alone drops the key, and a key or duration needs the test beside it.
            values |= {name: getattr(args, name) for name in TEST_MEMBERS}
        if args.auto_granted and difference & {"auto_granted", "auto_granted_value"}:
            # Nothing can be cleared by leaving it out, so the documented default is sent.
            values["auto_granted_value"] = 1 if args.auto_granted_value is None else args.auto_granted_value
        elif not args.auto_granted:
            values.pop("auto_granted_value", None)
        if args.test is None:
            values.pop("test_duration_in_seconds", None)
        if all(value is None for value in values.values()):
            return with_outputs(args, state, state.mark)
        live = context.client.update_qualification_type(resource_id, **values)
        return with_outputs(args, live, state.mark)

    def delete(self, context: Context, resource_id: str, state: QualificationTypeState) -> None:
        """One call; in production after counting what would be lost, unless that was allowed.

        HITs that require it are told of, or expired before if that was asked for.
        """
        type_creation.settle(context, state.name)
        if adoption.refuses_deletion(context, resource_id):
            return
        if has_value(state.name) and state.name == context.provider.names_to_come.get(context.urn):
            raise InvalidInputError(_name_to_come(state))
        forced = context.provider.force_destroy.get(context.urn, False) or state.force_destroy
        if context.configuration.environment == "production" and not forced:
            usage = context.client.usage_of_qualification_type(resource_id)
            if usage:
                way_out = "put the resource back with force_destroy=True, run `pulumi up`, and remove it then"
                raise ProtectedError(
                    rules.DELETION_REFUSED.at(
                        "", removal_messages.refusal("deleted", f"id {resource_id}", usage, way_out)
                    )
                )
        if resource_id in context.provider.excluding_types:
            context.tell(rules.EXCLUDING_TYPE_DELETED.at("", removal_messages.EXCLUSION))
        removed = not context.provider.is_replaced(context.urn, resource_id)
        if removed and state.expire_hits:
            # All of them are listed before one is deleted, which might move the pages.
            hits = list(context.client.list_hits_for_qualification_type(resource_id))
            closing_account.expire_hits(context, hits)
        left = closing_account.hits_that_require(context, resource_id) if removed else None
        context.client.delete_qualification_type(resource_id)
        if left is not None:
            closing_account.tell_hits(context, left, resource_id, required=True)


_REASONS = {
    "name": "a type can't be renamed",
    "keywords": "keywords can't be changed",
    "retry_delay_in_seconds": "retries can't be switched off once they were allowed",
    "test": "a test can't be removed",
}


def _name_to_come(state: QualificationTypeState) -> Diagnostic:
    """Why a type is not deleted before its replacement is made: that could not be made."""
    if state.name_generated:
        way_out = (
            "run `pulumi refresh` and give the same command again; another name is generated then (the run that made "
            "the type was the last one, so that its receipt still stood for this name)"
        )
    else:
        way_out = _ANOTHER_NAME
    why = "the type is to be deleted before the new one is made"
    return _name_held(why, state.name, ". Nothing was deleted", way_out)


_ANOTHER_NAME = "give the new type another name, or leave name out and one is generated"


def _name_held(why: str, name: object, done: str, way_out: str) -> Diagnostic:
    """What to say of a new type that can't have the name of the one that it replaces."""
    return rules.NAME_HELD_BY_THE_OLD_TYPE.at(
        "name",
        f"{why}, and {name!r} would have to be used again, but a name stays taken for up to 48 hours after its type is "
        f"deleted, and longer while HITs require it{done}; {way_out}",
    )


def _name_diagnostics(context: Context, args: QualificationTypeArgs) -> Diagnostics:
    """A name that the program gives is checked by its form; one that is made of another text, by that."""
    yield from one_line("name", args.name)
    yield from one_line("namePrefix", args.name_prefix)
    if args.name is not None or args.name_prefix is not None:
        return
    way_out = "give the type a name of its own: the resource's is used else, and its"
    if len(context.name) > NAME_LIMIT - type_creation.SUFFIX_LENGTH:
        yield form.LENGTH.at("name", f"{way_out} {len(context.name)} characters are too many")
    if problem := control_problem(context.name):
        yield form.CONTROL_CHARACTER.at("name", f"{way_out} {problem}")


def _test_diagnostics(args: QualificationTypeArgs) -> Diagnostics:
    if args.test_duration_in_seconds is None:
        yield rules.TEST_WITHOUT_DURATION.at(
            "testDurationInSeconds", "is needed with a test: the seconds that a worker has for it"
        )
    if args.answer_key is None:
        yield rules.TEST_WITHOUT_KEY.at("answerKey", "is missing, so every request waits for somebody to decide on it")
    if args.retry_delay_in_seconds is None:
        yield rules.ONE_TRY_FOR_EVER.at(
            "retryDelayInSeconds", "is missing, so whoever fails the test has had the only try for ever"
        )
    if args.validate_questions is True:
        yield from _document_diagnostics(args)


def _document_diagnostics(args: QualificationTypeArgs) -> Diagnostics:
    if has_value(args.test):
        yield from questions.check_test(args.test)
        if has_value(args.answer_key) and args.answer_key != FOREIGN_ANSWER_KEY:
            yield from questions.check_answer_key(args.answer_key, args.test)


def _fails(diagnostics: Diagnostics) -> bool:
    return any(diagnostic.severity == "error" for diagnostic in diagnostics)

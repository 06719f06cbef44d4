"""Tables for pages of the reference: what the models, the catalogue of rules and the helpers' docstrings say."""

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import attrgetter
from types import ModuleType, NoneType
from typing import Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

import pulumi_mturk
from pulumi_mturk import eligibility
from pulumi_mturk.common.diagnostics import Rule
from pulumi_mturk.common.names import to_camel, to_snake
from pulumi_mturk.provider.configuration import NAMESPACE
from pulumi_mturk.provider.model import Mark
from pulumi_mturk.provider.schema import Declared, inputs_of, outputs_of, package_schema
from pulumi_mturk.provider.schema_types import Spec, token
from pulumi_mturk.resources import COMPONENTS, REGISTRY
from pulumi_mturk.resources.worker_exclusion import WorkerExclusionComponent
from pulumi_mturk.rules.catalogue import CATALOGUE
from tools import rules_page, test_format_page
from tools.markdown import table

DECLARED: Mapping[str, Declared] = {**REGISTRY, **COMPONENTS}
_FUNCTIONS = ("Provider", "workers_from_csv", "QuestionnaireTest.from_yaml", "estimate_cost")
_SETS = ("Worker", "admits", "compare", "subset", "contradictions", "implied", "in_words", "rule_rows")
_LINE = 100
_REQUIREMENTS = "MT1"
_EXAMPLES = re.compile(r"^## Example\n(.*?)^## ", re.MULTILINE | re.DOTALL)
_FENCED = re.compile(r"^```\w+\n.*?^```\n", re.MULTILINE | re.DOTALL)
# Rules of any input, of one requirement and of the place: they say nothing of one resource.
_ELSEWHERE = ("MT0", _REQUIREMENTS, "MT6")


def blocks() -> dict[str, dict[str, str]]:
    """What stands between the marks `<!-- generated: NAME -->` of pages below docs/, by page and name."""
    schema = package_schema({})
    return {
        "configuration.md": {"keys": _configuration(schema)},
        "eligibility.md": {
            "helpers": _functions(helpers()),
            "sets": _functions(_of(eligibility, _SETS)),
            "limits": _refused(rules_page.rules_of(_REQUIREMENTS), "rules/"),
        },
        "functions.md": {"functions": _functions(_of(pulumi_mturk, _FUNCTIONS))},
        "qualification-tests.md": dict(test_format_page.blocks()),
        **{page_of(name): _resource(item, schema) for name, item in DECLARED.items()},
    }


def page_of(resource: str) -> str:
    """The page of a resource, below docs/: `resources/hit-type.md`."""
    return f"resources/{to_snake(resource).replace('_', '-')}.md"


def helpers() -> dict[str, Callable[..., Any]]:
    """The functions with which a program writes rules, by name, in the order of their module."""
    found = vars(inspect.getmodule(eligibility.country))
    return {name: found[name] for name in found if name in eligibility.__all__ and _of_helpers(found[name])}


def _of(module: ModuleType, names: Iterable[str]) -> dict[str, Callable[..., Any]]:
    return {name: attrgetter(name)(module) for name in names}


def _of_helpers(value: Any) -> bool:
    return inspect.isfunction(value) and value.__module__ == eligibility.country.__module__


def _functions(found: Mapping[str, Callable[..., Any]]) -> str:
    """A section for each: how it is called, and what its docstring says."""
    return "\n".join(f"### {name}\n\n{_signature(name, item)}\n{_said(item)}\n" for name, item in found.items())


def _signature(name: str, function: Callable[..., Any]) -> str:
    signature = inspect.signature(function)
    shown = [item for item in signature.parameters.values() if not item.name.startswith("_")]
    parts = [str(item.replace(annotation=_Shown(_type_name(item.annotation)))) for item in shown]
    named = [item.kind is inspect.Parameter.KEYWORD_ONLY for item in shown]
    if True in named and not any(item.kind is inspect.Parameter.VAR_POSITIONAL for item in shown):
        parts.insert(named.index(True), "*")
    returns = "" if inspect.isclass(function) else f" -> {_type_name(signature.return_annotation)}"
    flat = f"{name}({', '.join(parts)}){returns}"
    lines = "".join(f"    {part},\n" for part in parts)
    text = flat if len(flat) <= _LINE else f"{name}(\n{lines}){returns}"
    return f"<!-- signature -->\n```python\n{text}\n```\n"


def _type_name(annotation: Any) -> str:
    if get_origin(annotation) is Union:
        return " | ".join("None" if choice is NoneType else _type_name(choice) for choice in get_args(annotation))
    written = annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)
    return re.sub(r"\b(?:[a-z_]+\.)+(?=\w)", "", written)


class _Shown(str):
    """A type in a signature, as it stands there."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _said(documented: Any) -> str:
    """A docstring, of a class that of its constructor too; the arguments as a list."""
    text = inspect.getdoc(documented) or ""
    made_by = inspect.getdoc(documented.__init__) if inspect.isclass(documented) else None
    if made_by and ":param" in made_by:
        text = f"{text}\n\n{made_by}"
    text = re.sub(r"\n    +", " ", text)
    return re.sub(r"^:param (\w+): ", r"- `\1`: ", text, flags=re.MULTILINE)


def _configuration(schema: Spec) -> str:
    rows = (
        (f"`{NAMESPACE}:{name}`", _typed_meaning(spec, schema, secret=False))
        for name, spec in schema["config"]["variables"].items()
    )
    return table(("Key", "Type and meaning"), rows)


def _resource(resource: Declared, schema: Spec) -> dict[str, str]:
    spec = schema["resources"][token(resource.token)]
    return {
        "summary": f"{resource.summary}\n\nAPI: {inspect.getdoc(type(resource))}\n",
        "inputs": _inputs(resource, spec["inputProperties"], schema),
        "outputs": _outputs(resource, spec, schema),
        "import": _import(resource),
        "limits": _limits(resource.token),
    }


def _import(resource: Declared) -> str:
    if isinstance(resource, WorkerExclusionComponent):
        return "A component is not imported, but the resources that it is made of.\n"
    how = "[Import what exists](../import-and-adopt.md) says how."
    return f"Type: `{token(resource.token)}`. Id: {resource.import_id}. {how}\n"


def _inputs(resource: Declared, specs: Spec, schema: Spec) -> str:
    rows = (
        (
            f"`{name}`" + (" (required)" if field.is_required() else ""),
            _on_change(field),
            _typed_meaning(specs[to_camel(name)], schema, secret=Mark.SECRET in field.metadata),
        )
        for name, field in inputs_of(resource.args).items()
    )
    return table(("Input", "A change", "Type and meaning"), rows)


def _typed_meaning(spec: Spec, schema: Spec, *, secret: bool) -> str:
    """The type, what it means, and the default where the description says nothing of it."""
    meaning = _in_python(spec.get("description", ""))
    default = _default(spec) if "default" not in meaning.lower() else ""
    return f"*{_type(spec, schema)}{', secret' if secret else ''}.* {meaning}" + (
        f" Default: {default}." if default else ""
    )


def _outputs(resource: Declared, spec: Spec, schema: Spec) -> str:
    """Those that are more than an input repeated."""
    named = ((name, to_camel(name)) for name in outputs_of(resource.state))
    rows = (
        (f"`{name}`", _typed_meaning(output, schema, secret=bool(output.get("secret"))))
        for name, key in named
        if key not in spec["inputProperties"] and (output := spec["properties"][key])
    )
    return table(("Output", "Type and meaning"), rows)


def _limits(resource: str) -> str:
    """The errors of the catalogue whose wrong example declares the resource, without those of other pages."""
    own = (rule for rule in CATALOGUE.values() if rule.group not in _ELSEWHERE and resource == _declared_by(rule))
    return _refused(own, "../rules/") or "No more than the resources that it is made of.\n"


def _refused(rules: Iterable[Rule], folder: str) -> str:
    """A table of the errors among rules; empty where there is none."""
    found = [
        (code, summary, f"{rule.source} ({rule.label})")
        for rule in rules
        if rule.severity == "error"
        for code, _, summary in rules_page.rows([rule], folder)
    ]
    return table(("Code", "What is refused", "Source"), found) if found else ""


def _declared_by(rule: Rule) -> str:
    """The resource that the wrong example is about: the last one, which those before it are for."""
    found = re.findall(r"\bmturk\.([A-Z]\w+)\(", rule.wrong.program or rule.wrong.before or "")
    return next((name for name in reversed(found) if name in DECLARED), "")


def _on_change(field: FieldInfo) -> str:
    if Mark.REPLACES in field.metadata:
        return "replaces"
    if Mark.REPLACES_WHEN_REMOVED in field.metadata:
        return "updates; replaces when removed"
    return "no call" if {Mark.DIRECTIVE, Mark.UNSENT} & set(field.metadata) else "updates"


def _type(spec: Spec, schema: Spec) -> str:
    if "$ref" in spec:
        name = spec["$ref"].removeprefix("#/types/")
        values = schema["types"][name].get("enum")
        return " or ".join(f"`{item['value']}`" for item in values) if values else f"`{name.rpartition(':')[2]}`"
    if "oneOf" in spec:
        return " or ".join(_type(choice, schema) for choice in spec["oneOf"])
    return f"list of {_type(spec['items'], schema)}" if spec["type"] == "array" else str(spec["type"])


def _default(spec: Spec) -> str:
    return f"`{spec['default']}`" if "default" in spec else ""


def _in_python(text: str) -> str:
    """Properties that a text names, written as a program writes them."""
    return re.sub(r"`[a-z]+(?:[A-Z][a-z]+)+`", lambda found: to_snake(found[0]), text)


def replaced(page: str, text: str, contents: Mapping[str, str]) -> str:
    """A page with its generated blocks written anew. Raises ValueError for one that it has no place for."""
    for name, content in contents.items():
        begin, end = f"<!-- generated: {name} -->", "<!-- /generated -->"
        before, found, rest = text.partition(begin)
        _, closed, after = rest.partition(end)
        if not found or not closed:
            raise ValueError(
                f"docs/{page} has no place for the generated {name}: put {begin} and {end} on lines there."
            )
        text = f"{before}{begin}\n\n{content}\n{end}{after}"
    return text


def examples(read: Callable[[str], str]) -> dict[str, str]:
    """The examples of each resource's page, by the resource: fenced blocks, as the schema has them, too."""
    found = {name: _EXAMPLES.search(read(page_of(name))) for name in DECLARED}
    return {name: "\n".join(_FENCED.findall(section[1])) for name, section in found.items() if section}


def all_of(read: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Each page that has generated blocks, and its text with these written anew; `read` gives the text of today."""
    for page, contents in blocks().items():
        yield page, replaced(page, read(page), contents)

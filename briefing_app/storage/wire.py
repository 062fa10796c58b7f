"""Model values to JSON and back: pydantic stands at this border and nowhere else.

Unions are told apart by their ``type``, unknown fields are refused, and nothing is converted (a number is no text).
The bytes of a picture never stand in JSON: a ``Media`` is written without them and read with empty ones.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, cast

from briefing_app.model.briefing import Briefing, Media
from briefing_app.model.edit import Edit

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails, SchemaSerializer, SchemaValidator

T = TypeVar("T")

FORMAT: Literal["briefing-composer"] = "briefing-composer"
SCHEMA_VERSION: Literal[1] = 1

_STRICT = frozenset({"str", "int", "bool", "float"})
_SHOWN_FAULTS = 8


@dataclass(frozen=True, slots=True)
class Document:
    """What ``briefing.json`` holds: the format's name, its version, and the briefing."""

    format: Literal["briefing-composer"]
    schema_version: Literal[1]
    briefing: Briefing


class WireError(Exception):
    """JSON does not fit the model. ``faults`` has one line for each place, in words."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__(*faults)
        self.faults = faults


class Wire(Generic[T]):
    """Writes and reads one type. It knows nothing of files."""

    def __init__(self, kind: Any) -> None:
        from pydantic import ConfigDict, TypeAdapter
        from pydantic_core import SchemaSerializer, SchemaValidator

        # the wrapping tuple lets the configuration reach the dataclasses inside
        adapter = TypeAdapter(tuple[kind], config=ConfigDict(extra="forbid"))
        self._schema = _adapt(cast("dict[str, Any]", adapter.core_schema))
        self._validator: SchemaValidator = SchemaValidator(cast(Any, self._schema))
        self._serializer: SchemaSerializer = SchemaSerializer(cast(Any, self._schema))

    def dump(self, value: T, *, indent: int | None = None) -> bytes:
        """``value`` as UTF-8 JSON with its fields in a fixed order. Lone surrogates are written as escapes."""
        try:
            wrapped = self._serializer.to_json((value,), indent=indent, warnings=False)
        except ValueError:  # a lone surrogate
            plain = self._serializer.to_python((value,), mode="python", warnings=False)
            text = json.dumps(plain, ensure_ascii=True, indent=indent, separators=(",", ": " if indent else ":"))
            wrapped = text.encode("ascii")
        return _unwrap(wrapped, indent)

    def load(self, value: object) -> T:
        """The value that parsed JSON stands for. Raises WireError."""
        from pydantic_core import ValidationError

        try:
            return cast(T, self._validator.validate_python([value])[0])
        except ValidationError as error:
            raise WireError(tuple(_faults(error.errors(include_url=False)))) from None

    def json_schema(self) -> dict[str, Any]:
        """The JSON Schema (draft 2020-12) of the type."""
        from pydantic.json_schema import GenerateJsonSchema

        schema = GenerateJsonSchema().generate(cast(Any, self._schema), mode="validation")
        inner = dict(schema["prefixItems"][0])
        media = schema["$defs"].get("Media")
        if media is not None:
            media["properties"].pop("data", None)
        return {**inner, "$defs": schema["$defs"]}


@functools.cache
def document_wire() -> Wire[Document]:
    return Wire(Document)


@functools.cache
def edit_wire() -> Wire[Edit]:
    return Wire(Edit)


def parse_json(data: bytes) -> object:
    """Parse UTF-8 JSON. Raises ValueError (with the place) for broken JSON, double names, NaN, or endless nesting."""
    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_no_constant)
    except RecursionError:
        raise ValueError("its parts are nested too deeply") from None


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the field “{double}” stands twice in one object")
    return found


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no number in JSON")


def _unwrap(wrapped: bytes, indent: int | None) -> bytes:
    if indent is None:
        return wrapped[1:-1]
    lead = b" " * indent
    lines = wrapped.split(b"\n")[1:-1]
    return b"\n".join(line.removeprefix(lead) for line in lines)


# --- the core schema --------------------------------------------------------------------------------------------


def _adapt(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema that pydantic makes of the model, made strict, its unions tagged, pictures without their bytes."""
    definitions = {definition["ref"]: definition for definition in _dicts(schema) if "ref" in definition}
    return cast("dict[str, Any]", _rewrite(schema, definitions))


def _dicts(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from _dicts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _dicts(part)


def _rewrite(value: object, definitions: dict[str, dict[str, Any]]) -> object:
    if isinstance(value, list):
        return [_rewrite(part, definitions) for part in value]
    if not isinstance(value, dict):
        return value
    made: dict[str, Any] = {name: _rewrite(part, definitions) for name, part in value.items()}
    match made.get("type"):
        case kind if kind in _STRICT:
            made["strict"] = True
            if kind == "float":
                made["allow_inf_nan"] = False
        case "union":
            tags = [_tag(choice, definitions) for choice in made["choices"]]
            if all(tags):
                tagged = dict(zip(tags, made.pop("choices"), strict=True))
                made |= {"type": "tagged-union", "choices": tagged, "discriminator": "type"}
                made.pop("mode", None)
        case "dataclass" if made["cls"] is Media:
            _without_bytes(made)
    return made


def _tag(choice: dict[str, Any], definitions: dict[str, dict[str, Any]]) -> str:
    """The word that stands in the ``type`` of this dataclass: empty where it has none."""
    if choice["type"] == "definition-ref":
        choice = definitions[choice["schema_ref"]]
    if choice["type"] == "definitions":
        choice = choice["schema"]
    if choice["type"] != "dataclass":
        return ""
    return str(getattr(choice["cls"].__dataclass_fields__.get("type"), "default", ""))


def _without_bytes(dataclass_schema: dict[str, Any]) -> None:
    for field in dataclass_schema["schema"]["fields"]:
        if field["name"] == "data":
            field["schema"] = {"type": "default", "schema": {"type": "bytes"}, "default": b""}
            field["serialization_exclude"] = True


# --- faults in words --------------------------------------------------------------------------------------------

_MEANINGS = {
    "missing": "is missing",
    "unexpected_keyword_argument": "is a field that this version does not know",
    "string_type": "must be text",
    "int_type": "must be a whole number",
    "float_type": "must be a number",
    "finite_number": "must be a number",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list",
    "dict_type": "must be an object with fields",
    "dataclass_type": "must be an object with fields",
    "union_tag_not_found": "has no “type” that says what it is",
}


def _faults(errors: list[ErrorDetails]) -> Iterator[str]:
    for error in errors[:_SHOWN_FAULTS]:
        yield f"{_place(error['loc'][1:])} {_meaning(error)}"
    if len(errors) > _SHOWN_FAULTS:
        yield f"and {len(errors) - _SHOWN_FAULTS} places more"


def _place(location: tuple[int | str, ...]) -> str:
    """“sections” 1, “blocks” 3, “content”: entries are counted from 1; words that only tell types are left out."""
    words: list[str] = []
    after_field = False
    for part in location:
        if isinstance(part, int):
            words[-1:] = [f"{words[-1]} number {part + 1}" if words else f"entry {part + 1}"]
            after_field = False
        elif part not in _TAGS or (after_field and part in _FIELDS_TOO):
            words.append(f"“{part}”")
            after_field = True
        else:
            after_field = True
    return ", ".join(words) or "the whole"


# Pydantic names the chosen type in a location; the words that are no field of ours as well are left out.
_FIELDS_TOO = frozenset({"text", "note"})
_TAGS = _FIELDS_TOO | frozenset(
    "paragraph list quotation table picture page_break section list_item row cell line_break citation"
    " insert remove move replace set_text set_meta set_template put drop batch Excerpt Source Media".split()
)


def _meaning(error: ErrorDetails) -> str:
    found = error.get("input")
    shown = f" (found {_shown(found)})" if isinstance(found, (str, int, float, bool)) else ""
    match error["type"]:
        case "literal_error" | "enum":
            return f"must be one of {error['ctx']['expected']}{shown}"
        case "union_tag_invalid":
            context = error["ctx"]
            return f"is of the unknown type “{context['tag']}”; known are {context['expected_tags']}"
        case kind if kind in _MEANINGS:
            return _MEANINGS[kind] + (shown if kind.endswith("_type") else "")
    return f"is wrong: {error['msg'][0].lower()}{error['msg'][1:]}"


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else text[:37] + "…"

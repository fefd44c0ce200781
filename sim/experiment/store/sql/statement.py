"""Statement of a query: parsed by the database, and refused unless it can only read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

from sim.errors import UsageError

if TYPE_CHECKING:
    import duckdb

FUNCTIONS: Final = frozenset(
    {"duckdb_columns", "duckdb_tables", "duckdb_views", "generate_series", "range", "unnest"}
)
"""Functions allowed in the place of a table: none of them opens a file or changes a setting."""

NODES: Final = frozenset({"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"})
"""Kinds of queries within a statement that only read; others insert, update or delete."""

DEEPEST: Final = 500
"""Number of open brackets; the parser takes the square of it in time."""

LONGEST: Final = 200_000
"""Number of letters of a query."""

SHAPE: Final = (
    "query: expected one SELECT (or DESCRIBE, SHOW, EXPLAIN) over the tables runs, outcomes, "
    "paths, events, all_outcomes, all_paths, all_events, e.g. "
    '"select scenario, avg(us_hikes) from outcomes group by all"'
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement that only reads.

    Attributes:
        tables: Names in the place of a table, in small letters.
        columns: Names of columns, in small letters.
        describes: Whether it asks about tables or plans and not about rows.
        every: Whether it asks about the columns of all tables.
    """

    tables: frozenset[str]
    columns: frozenset[str]
    describes: bool
    every: bool


def read_statement(connection: duckdb.DuckDBPyConnection, sql: str) -> Statement:
    """Returns the only statement of a text.

    Raises:
        UsageError: It is none, or several, or one that does more than read the tables.
        duckdb.Error: The database cannot parse it.
    """
    import duckdb

    _check_text(sql)
    statements = connection.extract_statements(sql)
    if len(statements) != 1:
        raise UsageError(SHAPE)
    explains = statements[0].type == duckdb.StatementType.EXPLAIN
    if explains:
        # What is explained is parsed by itself, so that EXPLAIN ANALYZE, which executes, is not.
        sql = _after_explain(connection, statements[0].query)
    elif statements[0].type != duckdb.StatementType.SELECT:
        raise UsageError(SHAPE)
    nodes = list(_nodes(_tree(connection, sql)))
    for node in nodes:
        _check_node(node)
    shows = [node for node in nodes if node.get("type") == "SHOW_REF"]
    tables = _names(nodes, "table_name")
    return Statement(
        tables,
        _names(nodes, "column_names") | _names(nodes, "using_columns"),
        describes=explains or bool(shows),
        every="__show_tables_expanded" in tables or "columns" in tables,
    )


def _check_text(sql: str) -> None:
    try:
        sql.encode()
    except UnicodeEncodeError as error:
        raise UsageError("query: the text holds signs that are no letters") from error
    if "\0" in sql:
        raise UsageError("query: the text holds a sign that ends texts")
    steps = ((sign in "([{") - (sign in ")]}") for sign in sql)
    if len(sql) > LONGEST or max(accumulate(steps), default=0) > DEEPEST:
        raise UsageError(
            f"query: the text is longer than {LONGEST:,} letters or has more than {DEEPEST} open "
            "brackets"
        )


def _after_explain(connection: duckdb.DuckDBPyConnection, sql: str) -> str:
    import duckdb

    head, *rest = sql.split(maxsplit=1)
    if head.lower() != "explain" or not rest:
        raise UsageError(SHAPE)
    try:
        statements = connection.extract_statements(rest[0])
    except duckdb.Error as error:
        raise UsageError(SHAPE) from error
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise UsageError(SHAPE)
    return rest[0]


def _tree(connection: duckdb.DuckDBPyConnection, sql: str) -> dict[str, Any]:
    """Returns the syntax tree of a SELECT."""
    found = connection.execute("SELECT json_serialize_sql(?)", [sql]).fetchone()
    try:
        tree: dict[str, Any] = json.loads(found[0] if found else "{}")
    except RecursionError as error:
        raise UsageError("query: the statement is nested too deeply") from error
    if tree.get("error", True):
        raise UsageError(SHAPE)
    return tree


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Yields every node of a syntax tree."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node


def _check_node(node: dict[str, Any]) -> None:
    kind = str(node.get("type"))
    if kind.endswith("_NODE") and kind not in NODES:
        raise UsageError(SHAPE)
    if kind != "TABLE_FUNCTION":
        return
    name = str(node["function"].get("function_name")).lower()
    if name not in FUNCTIONS:
        raise UsageError(
            f"query: {name}() is not allowed in the place of a table; a query reads the stored "
            "results alone: runs, outcomes, paths, events, all_outcomes, all_paths, all_events"
        )


def _names(nodes: list[dict[str, Any]], key: str) -> frozenset[str]:
    """Returns the names under a key of the nodes: a text or a list of texts."""
    found: set[str] = set()
    for node in nodes:
        value = node.get(key)
        texts = [value] if isinstance(value, str) else value
        if isinstance(texts, list):
            found |= {text.lower() for text in texts if isinstance(text, str)}
    return frozenset(found)

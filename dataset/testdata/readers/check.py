"""Compares a dataset, as DuckDB, pandas and Polars read it, with what was written.

    check.py DATASET EXPECTED

EXPECTED is JSON: for "networks" and "fields" a list of columns, each with name,
type and values, floating-point values as hexadecimal text. Every column has to
come back under its name, in its place, with its type and its values to the last
bit. Nothing may be NaN, and nothing NULL but null values of types that end in "?".
"""

import json
import math
import struct
import sys

import duckdb
import pandas
import polars
import pyarrow
import pyarrow.parquet

DUCKDB = {
    "string": "VARCHAR", "bool": "BOOLEAN", "int32": "INTEGER", "int64": "BIGINT", "double": "DOUBLE",
    "list<double>": "DOUBLE[]", "list<int64>": "BIGINT[]", "list<float>": "FLOAT[]",
}
ARROW = {
    "string": pyarrow.string(), "bool": pyarrow.bool_(), "int32": pyarrow.int32(), "int64": pyarrow.int64(),
    "double": pyarrow.float64(), "float": pyarrow.float32(),
}
PANDAS = {"bool": "bool", "int32": "int32", "int64": "int64", "double": "float64"}
POLARS = {
    "string": polars.String, "bool": polars.Boolean, "int32": polars.Int32, "int64": polars.Int64,
    "double": polars.Float64, "list<double>": polars.List(polars.Float64),
    "list<int64>": polars.List(polars.Int64), "list<float>": polars.List(polars.Float32),
}

errors = []


def fail(message):
    errors.append(message)
    print("FAIL", message)


def exact(value):
    """The value in a form that is equal only to itself: -0.0 is not 0.0, 1 not 1.0."""
    if isinstance(value, float):
        return struct.pack("<d", value)
    if isinstance(value, list):
        return [exact(v) for v in value]
    return (type(value), value)


def parse(kind, value):
    """An expected value, from JSON."""
    if kind.startswith("list<"):
        return [parse(kind[5:-1], v) for v in value]
    if kind.endswith("?"):
        return None if value is None else parse(kind[:-1], value)
    return float.fromhex(value) if kind in ("double", "float") else value


def odd(value):
    """Whether there is a NULL or a NaN in the value."""
    if isinstance(value, list):
        return any(odd(v) for v in value)
    return value is None or isinstance(value, float) and not math.isfinite(value)


def compare(reader, columns, names, types, values):
    """Holds what a reader gave, names, types and a function from name to values, against the columns."""
    if names != [c["name"] for c in columns]:
        fail(f"{reader}: columns {names}")
        return
    for c in columns:
        name, kind = c["name"], c["type"]
        if types(name, kind) is not True:
            fail(f"{reader}: {name} is {types(name, kind)}, want {kind}")
            continue
        got, want = values(name), [parse(kind, v) for v in c["values"]]
        if len(got) != len(want):
            fail(f"{reader}: {name} has {len(got)} values, want {len(want)}")
            continue
        if any(odd(v) and not (v is None and kind.endswith("?")) for v in got):
            fail(f"{reader}: {name} has a NULL or NaN")
        for i, (g, w) in enumerate(zip(got, want)):
            if exact(g) != exact(w):
                fail(f"{reader}: {name}[{i}] is {g!r}, want {w!r}")
                break
    print(f"ok   {reader}: {len(columns)} columns, {len(columns[0]['values'])} rows")


def check_duckdb(table, glob, columns):
    connection = duckdb.connect()
    description = connection.sql(f"DESCRIBE SELECT * FROM read_parquet('{glob}')").fetchall()
    kinds = {row[0]: row[1] for row in description}
    optional = connection.sql(
        f"SELECT DISTINCT name FROM parquet_schema('{glob}') WHERE repetition_type = 'OPTIONAL'").fetchall()
    if sorted(o[0] for o in optional) != sorted(c["name"] for c in columns if c["type"].endswith("?")):
        fail(f"DuckDB: {table}: optional columns {optional}")
    data = connection.sql(f"SELECT * FROM read_parquet('{glob}')").fetchall()
    place = {row[0]: i for i, row in enumerate(description)}
    compare(f"DuckDB {table}", columns, [row[0] for row in description],
            lambda name, kind: kinds[name] == DUCKDB[kind.rstrip("?")] or kinds[name],
            lambda name: [row[place[name]] for row in data])


def check_pandas(table, folder, columns):
    arrow = pyarrow.parquet.read_table(folder)

    def arrow_type(name, kind):
        field = arrow.schema.field(name)
        want = ARROW.get(kind.rstrip("?"))
        if kind.startswith("list<"):
            want = pyarrow.list_(pyarrow.field("element", ARROW[kind[5:-1]], False))
        return field.type == want and field.nullable == kind.endswith("?") or field

    compare(f"pyarrow {table}", columns, arrow.schema.names, arrow_type, lambda name: arrow[name].to_pylist())

    frame = pandas.read_parquet(folder, engine="pyarrow")

    def pandas_type(name, kind):
        if kind == "string":
            return pandas.api.types.is_string_dtype(frame[name].dtype) or frame[name].dtype
        if kind.endswith("?"):  # pandas makes NULL not a number
            return frame[name].dtype == "float64" or frame[name].dtype
        return frame[name].dtype == PANDAS.get(kind, "object") or frame[name].dtype

    kinds = {c["name"]: c["type"] for c in columns}

    def pandas_value(name, value):
        if kinds[name].endswith("?"):
            return None if math.isnan(value) else int(value) if kinds[name] == "int64?" else value
        return value.tolist() if hasattr(value, "tolist") else value

    compare(f"pandas {table}", columns, list(frame.columns), pandas_type,
            lambda name: [pandas_value(name, v) for v in frame[name].tolist()])


def check_polars(table, glob, columns):
    frame = polars.read_parquet(glob)
    compare(f"Polars {table}", columns, frame.columns,
            lambda name, kind: frame.schema[name] == POLARS[kind.rstrip("?")] or frame.schema[name],
            lambda name: frame[name].to_list())


def main(dataset, expected):
    with open(expected, encoding="utf-8") as file:
        tables = json.load(file)
    for table, columns in tables.items():
        folder = f"{dataset}/{table}"
        check_duckdb(table, f"{folder}/*.parquet", columns)
        check_pandas(table, folder, columns)
        check_polars(table, f"{folder}/*.parquet", columns)
    sys.exit(1 if errors else 0)


main(*sys.argv[1:])

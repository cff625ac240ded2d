"""`drills schema`: JSON Schemas of a pack's files, with which an editor checks them while they are written."""

import json

import click

from typetrainer.cli.lazy import example
from typetrainer.cli.output import escaped
from typetrainer.content.model import KINDS
from typetrainer.env import Environment


@click.command("schema", epilog=example("typetrainer drills schema reply > reply.schema.json"))
@click.argument("file", metavar="FILE", type=click.Choice(["pack", "company", *KINDS]))
@click.pass_obj
def command(env: Environment, file: str) -> None:
    """Print the JSON Schema of pack.toml, company.toml or a file of items, for an editor.

    FILE is pack, company or a kind. With `#:schema ./reply.schema.json` as the first line of reply.toml, editors that
    know TOML show what a key means and where something is wrong.
    """
    from typetrainer.authoring.editor_schema import editor_schema

    env.stdout.write(escaped(json.dumps(editor_schema(file), ensure_ascii=False, indent=2)) + "\n")

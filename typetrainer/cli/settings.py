"""`settings`: list, get, set and reset."""

import click

from typetrainer.cli.lazy import example, json_option
from typetrainer.cli.output import print_json, print_line, print_table
from typetrainer.env import Environment


@click.group(epilog=example("typetrainer settings set policy stop"))
def command() -> None:
    """List, show and change settings."""


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@command.command("list", epilog=example("typetrainer settings list"))
@json_option
@click.pass_obj
def list_settings(env: Environment, as_json: bool) -> None:
    """List every setting with its value."""
    from typetrainer.store.settings import SETTINGS

    values = env.open_store().settings.load()
    if not as_json:
        print_table(env, [(each.name, _shown(values[each.name]), each.about) for each in SETTINGS])
        return
    for each in SETTINGS:
        print_json(
            env,
            {
                "name": each.name,
                "value": values[each.name],
                "default": each.default,
                "expected": each.expected,
                "about": each.about,
            },
        )


@command.command("get", epilog=example("typetrainer settings get policy"))
@click.argument("name")
@click.pass_obj
def get(env: Environment, name: str) -> None:
    """Print one setting's value."""
    from typetrainer.store.settings import setting

    known = setting(name)
    print_line(env, _shown(env.open_store().settings.load()[known.name]))


@command.command(
    "set", epilog=example("typetrainer settings set seconds 120"), context_settings={"ignore_unknown_options": True}
)
@click.argument("name")
@click.argument("value")
@click.pass_obj
def set_value(env: Environment, name: str, value: str) -> None:
    """Change a setting."""
    from typetrainer.store.settings import setting

    known = setting(name)
    parsed = known.parsed(value)
    env.open_store().settings.set(known.name, parsed)
    env.say(f"{known.name} is now {_shown(parsed)}.")


@command.command("reset", epilog=example("typetrainer settings reset policy"))
@click.argument("name")
@click.pass_obj
def reset(env: Environment, name: str) -> None:
    """Take a setting back to its default."""
    store = env.open_store()
    store.settings.reset(name)
    env.say(f"{name} is now {_shown(store.settings.load()[name])}.")

"""What commands say of themselves."""

import click
import pytest
from click.testing import CliRunner

from scripts.benchmark import benchmark
from scripts.curate import curate
from scripts.evaluate import evaluate
from scripts.write_metadata import write_metadata
from scripts.write_openapi import write_openapi

COMMANDS = {
    **{f"curate {name}": command for name, command in curate.commands.items()},
    **{f"benchmark {name}": command for name, command in benchmark.commands.items()},
    "evaluate": evaluate,
    "write_metadata": write_metadata,
    "write_openapi": write_openapi,
}


@pytest.mark.parametrize("name", COMMANDS)
def test_each_example_has_a_line_of_its_own(name: str) -> None:
    command: click.Command = COMMANDS[name]
    lines = CliRunner().invoke(command, ["--help"]).stdout.splitlines()
    begin = next(number for number, line in enumerate(lines) if line in {"  Example:", "  Examples:"})
    examples = lines[begin + 1 : lines.index("", begin)]
    program, _, rest = name.partition(" ")
    assert examples
    assert all(line.startswith("    ") and f"{program}.py" in line and rest in line for line in examples)

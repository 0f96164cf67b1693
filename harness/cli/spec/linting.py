"""`manolab spec lint`: what is wrong in a document."""

from __future__ import annotations

import json
from pathlib import Path

import click

from harness.cli.columns import folded
from harness.cli.failures import FAILED, MET, MISSING, WrongUse
from harness.cli.spec.documents import FILE, opened


@click.command("lint", short_help="Find what is wrong in a document.")
@FILE
@click.option("--rule", "rules", multiple=True, metavar="ID", help="Only this rule (repeatable).")
@click.option("--rules", "listing", is_flag=True, help="List the rules, and read nothing.")
@click.option(
    "--ignore",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A YAML file of findings to leave alone, with reasons.",
)
@click.option("--json", "form", flag_value="json", help="Print the findings as JSON (format manolab-lint/1).")
@click.option("--sarif", "form", flag_value="sarif", help="Print the findings as SARIF 2.1.0.")
def command(file: Path, rules: tuple[str, ...], listing: bool, ignore: Path | None, form: str | None) -> int:
    """Find defects in the flows, tables and references of FILE (DOCX, Markdown or text), with a mend for each.

    Ends with 0 when there are none, 1 when one is certain, 2 when all are likely only.
    """
    from harness.spec.lint import RULES, lint, output
    from harness.spec.lint.ignoring import IgnoreError, load, parted
    from harness.spec.lint.registry import UnknownRule

    if listing:
        for one in RULES.values():
            click.echo(f"{one.id:<24} {one.family:<12} {one.about}")
        return MET
    try:
        ignores = load(ignore) if ignore else []
        document = opened(file)
        found = lint(document, rules)
    except (IgnoreError, UnknownRule) as error:
        raise WrongUse(str(error), hint="manolab spec lint --rules - lists the rules") from None
    left, ignored, idle = parted(found, ignores)
    if form == "json":
        click.echo(json.dumps(output.record(document, left, ignored), indent=1, ensure_ascii=False))
    elif form == "sarif":
        from importlib.metadata import version

        click.echo(json.dumps(output.sarif(document, left, ignored, version("manolab")), indent=1, ensure_ascii=False))
    else:
        click.echo("\n".join(map(folded, (*output.lines(left), "", *output.summary(left)))))
        if ignored:
            click.echo(f"{'ignored':<12} {len(ignored):>4}")
    for entry in idle:
        click.echo(f"ignored nothing: {entry.rule} {entry.where} ({entry.reason})", err=True)
    certain = any(finding.certainty == "certain" for finding in left)
    return FAILED if certain else MISSING if left else MET

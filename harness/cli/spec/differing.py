"""`manolab spec diff`: what changed from one edition of a document to the next, and what that touches."""

from __future__ import annotations

import json
from pathlib import Path

import click

from harness.cli.columns import many
from harness.cli.failures import FAILED, MET, MISSING
from harness.cli.spec.documents import opened

EDITION = click.Path(path_type=Path, dir_okay=False)


@click.command("diff", short_help="Tell an edition change, and what it touches.")
@click.argument("old", type=EDITION)
@click.argument("new", type=EDITION)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON (format manolab-spec-diff/1).")
def command(old: Path, new: Path, as_json: bool) -> int:
    """Tell what changed from OLD to NEW, with the scenarios, plans and interpretations that rest on what changed.

    Ends with 0 when nothing changed, 1 when scenarios or plans are touched, 2 when the changes are elsewhere only.
    """
    from features.interpretations import interpretations
    from harness.cli import features
    from harness.spec import editions, touched
    from harness.spec.places import concerned
    from harness.spec.scenarios import scenarios

    was, now = opened(old), opened(new)
    root = features.root()
    readings = {one.id: concerned((one.title, *one.rows), one.text) for one in interpretations().values()}
    plans = Path(__file__).parents[2] / "smm" / "plans"
    found = touched.with_touched(editions.changes(was, now), touched.index(scenarios(root), plans, readings))
    if as_json:
        click.echo(json.dumps(editions.record(was, now, found), indent=1, ensure_ascii=False))
    else:
        for one in found:
            click.echo(f"{one.what} {one.ref} {one.kind}: {editions.words(one.old, one.new)}")
            for each in one.touches:
                click.echo(f"  touches {each}")
        click.echo(many(len(found), "change"))
    hit = any(each.startswith(("scenario", "plan")) for one in found for each in one.touches)
    return FAILED if hit else MISSING if found else MET

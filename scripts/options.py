"""What the commands of curate.py share: where a dataset lies, and the options that name its parts."""

from __future__ import annotations

from pathlib import Path

import click

from dataset.articles import Manifest, read_manifest

TABLE = "articles.csv"  # of the articles, beside their facts
DATASET = Path(__file__).resolve().parent.parent / "dataset"

path_type = click.Path(path_type=Path)


dataset_option = click.option(
    "--dataset",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    envvar="FACTLINE_DATASET",
    default=DATASET,
    help="Folder with the articles, their table, the decisions about them and the facts (dataset).",
)
articles_option = click.option(
    "--articles",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="FACTLINE_ARTICLES",
    callback=lambda ctx, _param, value: value or find_articles(ctx.find_root().params["dataset"]),
    help="Folder of the article files (DATASET/articles or DATASET, whichever holds any).",
)
manifest_option = click.option(
    "--manifest",
    type=path_type,
    callback=lambda ctx, _param, value: value or find_manifest(ctx.find_root().params["dataset"]),
    help="Table of the articles (DATASET/articles.csv).",
)
facts_option = click.option(
    "--facts",
    type=path_type,
    is_eager=True,  # what lies beside them is found by them
    callback=lambda ctx, _param, value: value or ctx.find_root().params["dataset"] / "facts.jsonl",
    help="The released facts (DATASET/facts.jsonl).",
)
reviews_option = click.option(
    "--reviews",
    type=path_type,
    callback=lambda ctx, _param, value: value or find_beside_facts(ctx, "reviews"),
    help="Folder of the decisions (reviews beside the facts).",
)
database_option = click.option(
    "--db",
    type=path_type,
    envvar="FACTLINE_DB",
    callback=lambda ctx, _param, value: value or find_beside_facts(ctx, "facts.db"),
    help="The fact database (facts.db beside the facts).",
)


def find_beside_facts(ctx: click.Context, name: str) -> Path:
    """What lies beside the released facts that the command is about."""
    facts: Path = ctx.params.get("facts") or ctx.find_root().params["dataset"] / "facts.jsonl"
    return facts.with_name(name)


def find_articles(dataset: Path) -> Path | None:
    """The folder of a dataset that holds article files, None where none does."""
    return next((folder for folder in (dataset / "articles", dataset) if any(folder.glob("*.txt"))), None)


def require_articles(articles: Path | None) -> Path:
    """The folder of the article files, which the command cannot do without."""
    if articles is None:
        raise click.UsageError("there are no article texts here: name their folder with --articles")
    return articles


def find_manifest(dataset: Path) -> Path | None:
    """The table of a dataset's articles, None where it has none yet."""
    manifest = dataset / TABLE
    return manifest if manifest.exists() else None


def read_table(manifest: Path | None) -> Manifest:
    """The rows of the table, none where there is no table."""
    return read_manifest(manifest) if manifest else {}

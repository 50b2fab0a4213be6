"""Articles over HTTP, with their facts and their texts."""

from __future__ import annotations

from flask import Response

from api.arguments import ArticleFactArguments, DataArguments, PageArguments
from api.blueprint import JSON, Blueprint
from api.content import answer_content, content_of
from api.database import get_release
from api.documentation import ARTICLES_DOCUMENTATION, CONTENT_DOCUMENTATION, FACTS_DOCUMENTATION
from api.errors import TextNotHeldError, unknown_id
from api.fact_schemas import FactPageSchema
from api.paging import build_entries_page
from api.queries import Row, find_article, find_articles, find_text
from api.representations import Representation, represent_articles
from api.resources.facts import PARTIAL, answer_facts
from api.schemas import ArticlePageSchema, ArticleSchema

blueprint = Blueprint("articles", __name__, url_prefix="/v1/articles", description="The articles that report it.")


@blueprint.operation("", "listArticles", ArticlePageSchema, arguments=PageArguments, **ARTICLES_DOCUMENTATION)
def list_articles(**arguments: object) -> Response:
    """List articles, by file name."""

    def find(first: int, limit: int) -> tuple[list[Representation], int]:
        return represent_articles(find_articles(first, limit)), get_release().articles

    return build_entries_page(arguments, find)


@blueprint.operation("/<identifier:article_id>", "getArticle", ArticleSchema, arguments=DataArguments)
def get_article(article_id: str) -> Representation:
    """Get one article."""
    return represent_articles([_get_row(article_id)])[0]


@blueprint.operation(
    "/<identifier:article_id>/facts",
    "listArticleFacts",
    FactPageSchema,
    arguments=ArticleFactArguments,
    media_types=[JSON, PARTIAL],
    **FACTS_DOCUMENTATION,
)
def list_article_facts(article_id: str, **arguments: object) -> Response:
    """List the facts of one article."""
    return answer_facts(arguments, article=[_get_row(article_id)["id"]])


@blueprint.operation(
    "/<identifier:article_id>/text",
    "getArticleText",
    {"type": "string"},
    arguments=DataArguments,
    media_types=["text/plain"],
    errors=[416],
    **CONTENT_DOCUMENTATION,
)
def get_article_text(article_id: str) -> Response:
    """Get the text of one article.

    The file's own bytes, in UTF-8. The spans of facts count code points of this text, not bytes.
    """
    article = _get_row(article_id)
    content = find_text(article_id)
    if content is None:
        raise TextNotHeldError(
            f"the text of {article['file']} is not in the database",
            remedy=f"put {article['file']} with sha256 {article['sha256']} into dataset/articles/ "
            "(or the folder that FACTLINE_ARTICLES names), then: make data",
        )
    return answer_content(content_of(content, "text/plain", article["sha256"]))


def _get_row(article_id: str) -> Row:
    row = find_article(article_id)
    if row is None:
        raise unknown_id("article", article_id)
    return row

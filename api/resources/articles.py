"""Articles over HTTP, with their facts and their texts."""

from __future__ import annotations

from flask import Response

from api.arguments import ArticleFactArguments, PageArguments
from api.blueprint import Blueprint
from api.content import answer_content
from api.documentation import CONTENT_DOCUMENTATION, PAGE_DOCUMENTATION
from api.errors import NotFoundError, TextNotHeldError
from api.fact_schemas import FactPageSchema
from api.paging import Page, build_page
from api.queries import (
    ARTICLE_ORDER,
    ARTICLES,
    FACT_ORDERS,
    FACTS,
    Row,
    fact_conditions,
    find_article,
    find_text,
)
from api.representations import Representation, represent_articles, represent_facts
from api.schemas import ArticlePageSchema, ArticleSchema

blueprint = Blueprint("articles", __name__, url_prefix="/v1/articles", description="The articles that report it.")


@blueprint.operation("", "listArticles", ArticlePageSchema, arguments=PageArguments, errors=[503], **PAGE_DOCUMENTATION)
def list_articles(**arguments: object) -> Page:
    """List articles, by file name."""
    return build_page(ARTICLES, [], ARTICLE_ORDER, arguments, represent_articles)


@blueprint.operation("/<identifier:article_id>", "getArticle", ArticleSchema, errors=[404, 503])
def get_article(article_id: str) -> Representation:
    """Get one article."""
    return represent_articles([_get_row(article_id)])[0]


@blueprint.operation(
    "/<identifier:article_id>/facts",
    "listArticleFacts",
    FactPageSchema,
    arguments=ArticleFactArguments,
    errors=[404, 503],
    **PAGE_DOCUMENTATION,
)
def list_article_facts(article_id: str, sort: str, **filters: object) -> Page:
    """List the facts of one article."""
    conditions = fact_conditions({**filters, "article": [_get_row(article_id)["id"]]})
    return build_page(FACTS, conditions, FACT_ORDERS[sort], filters, represent_facts)


@blueprint.operation(
    "/<identifier:article_id>/text",
    "getArticleText",
    {"type": "string"},
    media_type="text/plain",
    errors=[404, 416, 503],
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
    return answer_content(content, "text/plain", article["sha256"])


def _get_row(article_id: str) -> Row:
    row = find_article(article_id)
    if row is None:
        raise NotFoundError(f"no article has the id {article_id}", remedy="take ids from /v1/articles")
    return row

"""GraphQL by Strawberry, with its web IDE: a query, a mutation, a subscription."""

import asyncio
from collections.abc import AsyncGenerator

import strawberry
from strawberry.asgi import GraphQL


@strawberry.type
class Book:
    title: str
    author: str


BOOKS = [Book(title="Emma", author="Jane Austen")]


@strawberry.type
class Query:
    @strawberry.field
    def books(self, author: str | None = None) -> list[Book]:
        return [book for book in BOOKS if author in (None, book.author)]


@strawberry.type
class Mutation:
    @strawberry.mutation
    async def add_book(self, title: str, author: str) -> Book:
        book = Book(title=title, author=author)
        BOOKS.append(book)
        return book


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def count(self, to: int) -> AsyncGenerator[int, None]:
        for number in range(1, to + 1):
            yield number
            await asyncio.sleep(0.05)


schema = strawberry.Schema(query=Query, mutation=Mutation, subscription=Subscription)
app = GraphQL(schema)

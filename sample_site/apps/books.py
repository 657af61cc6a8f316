# /// script
# requires-python = ">=3.10"
# dependencies = ["fastapi"]
# ///
from typing import Annotated

from fastapi import FastAPI, HTTPException, Query
from pydantic import BaseModel, Field


class Book(BaseModel):
    title: str = Field(min_length=1)
    author: str
    year: int = Field(ge=1450, le=2100)


class StoredBook(Book):
    id: int


app = FastAPI(title="Books")
books = {
    1: StoredBook(id=1, title="Lavinia", author="Ursula K. Le Guin", year=2008),
    2: StoredBook(id=2, title="Kindred", author="Octavia E. Butler", year=1979),
}


@app.get("/books")
async def list_books(
    author: Annotated[str, Query(max_length=40)] = "",
) -> list[StoredBook]:
    wanted = author.lower()
    return [book for book in books.values() if wanted in book.author.lower()]


@app.get("/books/{book_id}")
def read_book(book_id: int) -> StoredBook:
    if book_id not in books:
        raise HTTPException(404, f"There is no book {book_id}")
    return books[book_id]


@app.post("/books", status_code=201)
async def create_book(book: Book) -> StoredBook:
    stored = StoredBook(id=max(books) + 1, **book.model_dump())
    books[stored.id] = stored
    return stored

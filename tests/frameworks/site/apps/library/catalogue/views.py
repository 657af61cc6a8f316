import asyncio

from django.contrib import messages
from django.http import StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.generic import DetailView

from .forms import BookForm
from .models import Author, Book


def index(request):
    form = BookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        author, _ = Author.objects.get_or_create(name=form.cleaned_data["author"])
        book = Book.objects.create(title=form.cleaned_data["title"], author=author)
        messages.success(request, f"“{book}” is in the catalogue.")
        return redirect("index")
    books = Book.objects.select_related("author")
    return render(request, "catalogue/index.html", {"books": books, "form": form})


class BookView(DetailView):
    model = Book


async def export(request):
    async def lines():
        yield "title,author\n"
        async for book in Book.objects.select_related("author"):
            await asyncio.sleep(0.01)
            yield f"{book.title},{book.author}\n"

    return StreamingHttpResponse(lines(), content_type="text/plain")

// The second block of the page is the one with the books.
const books = document.querySelectorAll("asgi-live")[1];
const answer = document.querySelector("#book-count");

document.querySelector("#count-books").addEventListener("click", async () => {
  answer.textContent = "…";
  try {
    if (books.state !== "running") await books.start();
    const response = await books.fetch("/books");
    answer.textContent = `${(await response.json()).length} books`;
  } catch (error) {
    answer.textContent = error.message;
  }
});

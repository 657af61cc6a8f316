from datasette.app import Datasette

app = Datasette(memory=True, metadata={"title": "hello world"}).app()

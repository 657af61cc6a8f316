<!doctype html>
<title>Recipes</title>
<link rel="stylesheet" href="/static/style.css">
<h1>Recipes</h1>
% if cook:
<p>Cooked by {{cook}}</p>
% end
<ul>
% for name in recipes:
<li><a href="{{url('recipe', name=name)}}">{{name}}</a></li>
% end
</ul>
<form action="/recipes" method="post" enctype="multipart/form-data">
<label>Cook <input name="cook"></label>
<label>Recipe <input type="file" name="recipe"></label>
<button>Add</button>
</form>

from catalogue import views
from django.contrib import admin
from django.urls import path

urlpatterns = [
    path("", views.index, name="index"),
    path("books/<int:pk>/", views.BookView.as_view(), name="book"),
    path("export/", views.export, name="export"),
    path("admin/", admin.site.urls),
]

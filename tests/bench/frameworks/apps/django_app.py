from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(DEBUG=True, ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__)


async def hello(request):
    return HttpResponse("hello world")


urlpatterns = [path("", hello)]
application = get_asgi_application()

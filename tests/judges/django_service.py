"""Django REST framework service that returns the received values."""

from __future__ import annotations

from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from django.conf import settings

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    INSTALLED_APPS=["rest_framework", "drf_spectacular"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="only on loopback",  # noqa: S106 # no secret of anyone
    REST_FRAMEWORK={
        "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "UNAUTHENTICATED_USER": None,
    },
    SPECTACULAR_SETTINGS={
        "COMPONENT_SPLIT_REQUEST": True,
        "SERVE_INCLUDE_SCHEMA": False,
        "TITLE": "Django service",
    },
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402 # Django must be set up first
from django.urls import include, path  # noqa: E402
from drf_spectacular.types import OpenApiTypes  # noqa: E402
from drf_spectacular.utils import extend_schema  # noqa: E402
from drf_spectacular.views import SpectacularJSONAPIView  # noqa: E402
from rest_framework import routers, serializers, viewsets  # noqa: E402
from rest_framework.decorators import action  # noqa: E402
from rest_framework.renderers import BaseRenderer  # noqa: E402
from rest_framework.request import Request  # noqa: E402
from rest_framework.response import Response  # noqa: E402


class BookSerializer(serializers.Serializer):
    title = serializers.CharField()
    subtitle = serializers.CharField(required=False, allow_null=True)
    pages = serializers.IntegerField(required=False, allow_null=True)
    cover = serializers.FileField(required=False, allow_null=True, use_url=False)


class TableRenderer(BaseRenderer):
    """Without a renderer of the media type, the framework rejects requests that accept it."""

    media_type = "text/csv"
    format = "csv"

    def render(self, data: Any, *_: Any, **__: Any) -> bytes:
        return str(data).encode()


class Books(viewsets.GenericViewSet):
    serializer_class = BookSerializer
    lookup_value_regex = r"\d+"

    def _echo(self, request: Request, *, partial: bool = False) -> Response:
        serializer = self.get_serializer(data=request.data, partial=partial)
        serializer.is_valid(raise_exception=True)
        body = {**serializer.validated_data}
        cover = body.pop("cover", None)
        file = cover and [cover.name, cover.content_type, cover.read().decode("latin-1")]
        kind = request.content_type.partition(";")[0]
        return Response({"title": "", "received": {"type": kind, "body": body, "file": file}})

    def list(self, request: Request) -> Response:
        return Response([{"title": request.META["QUERY_STRING"]}])

    def retrieve(self, request: Request, pk: str) -> Response:
        del request
        return Response({"title": "", "received": int(pk)})

    def create(self, request: Request) -> Response:
        response = self._echo(request)
        response.status_code = 201
        return response

    def update(self, request: Request, pk: str) -> Response:
        del pk
        return self._echo(request)

    def partial_update(self, request: Request, pk: str) -> Response:
        del pk
        return self._echo(request, partial=True)

    def destroy(self, request: Request, pk: str) -> Response:
        del request, pk
        return Response(status=204)

    @action(detail=True, methods=["post"])
    def mark_read(self, request: Request, pk: str) -> Response:
        del pk
        return self._echo(request)

    @extend_schema(responses={(200, "text/csv"): OpenApiTypes.STR})
    @action(detail=False, renderer_classes=[TableRenderer])
    def export(self, request: Request) -> Response:
        del request
        return Response("a,b\n")


router = routers.DefaultRouter()
router.register("books", Books, basename="book")
urlpatterns = [
    path("api/", include(router.urls)),
    path("openapi.json", SpectacularJSONAPIView.as_view()),
]


class Silent(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Print nothing."""


def main() -> None:
    """Serve on a free port of loopback, and print the URL of the document."""
    with make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Silent) as server:
        print(f"http://127.0.0.1:{server.server_port}/openapi.json", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()

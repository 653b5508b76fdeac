"""FastAPI service that returns the received values."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal

import uvicorn
from fastapi import APIRouter, FastAPI, File, Form, Query, Request, Response, UploadFile
from fastapi.responses import RedirectResponse, StreamingResponse
from pydantic import BaseModel, Field


class Received(BaseModel):
    """The request that the service has received."""

    query: dict[str, list[str]] = {}
    body: Any = None


class UserCreate(BaseModel):
    name: str
    nickname: str | None = None


class UserUpdate(BaseModel):
    name: str | None = None
    nickname: str | None = None
    age: int | None = None


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int = 9


class Dog(BaseModel):
    kind: Literal["dog"]
    breed: str | None = None


app = FastAPI(title="FastAPI service")
users = APIRouter(prefix="/api/v1/users", tags=["users"])
files = APIRouter(prefix="/api/v1/files", tags=["files"])
exports = APIRouter(prefix="/api/v1/exports", tags=["exports"])


def received_values(request: Request, body: object = None) -> Received:
    """Return the query and the body of a request."""
    query = request.query_params
    return Received(query={key: query.getlist(key) for key in query}, body=body)


async def file_values(file: UploadFile | None) -> dict[str, Any] | None:
    """Return the name, the media type and the content of a file."""
    if file is None:
        return None
    content = (await file.read()).decode("latin-1")
    return {"name": file.filename, "type": file.content_type, "content": content}


@app.get("/")
async def read_root(request: Request) -> Received:
    return received_values(request)


@users.get("/")
async def list_users(
    request: Request, q: str | None = None, tag: Annotated[list[str] | None, Query()] = None
) -> Received:
    del q, tag
    return received_values(request)


@users.post("/", status_code=201)
async def create_user(request: Request, user: UserCreate) -> Received:
    return received_values(request, user.model_dump(exclude_unset=True))


@users.get("/me")
async def read_user_me(request: Request) -> Received:
    return received_values(request)


@users.get("/{user_id}")
async def get_user(request: Request, user_id: int) -> Received:
    return received_values(request, user_id)


@users.patch("/{user_id}")
async def update_user(request: Request, user_id: int, user: UserUpdate) -> Received:
    return received_values(request, {"id": user_id, **user.model_dump(exclude_unset=True)})


@users.delete("/{user_id}", status_code=204)
async def delete_user(user_id: int) -> None:
    del user_id


@users.post("/{user_id}/pets")
async def add_pet(
    request: Request, user_id: int, pet: Annotated[Cat | Dog, Field(discriminator="kind")]
) -> Received:
    return received_values(request, {"id": user_id, **pet.model_dump(exclude_unset=True)})


@files.post("/photo")
async def upload_photo(
    request: Request, file: UploadFile, note: Annotated[str | None, Form()] = None
) -> Received:
    return received_values(request, {"file": await file_values(file), "note": note})


@files.post("/avatar")
async def upload_avatar(request: Request, file: UploadFile | None = None) -> Received:
    return received_values(request, await file_values(file))


@files.post("/many")
async def upload_many(
    request: Request, files: Annotated[list[UploadFile], File()], title: Annotated[str, Form()]
) -> Received:
    return received_values(
        request, {"files": [await file_values(each) for each in files], "title": title}
    )


@exports.get("/table")
async def export_table() -> Response:
    return Response("a,b\n1,2\n", media_type="text/csv")


@exports.get("/archive")
async def download_archive() -> StreamingResponse:
    async def chunks() -> AsyncIterator[bytes]:
        yield b"PK\x03"
        yield b"\x04"

    return StreamingResponse(chunks(), media_type="application/zip")


@exports.get("/anything")
async def export_anything() -> Any:
    return {"a": [1, None]}


@exports.get("/latest", status_code=307, response_class=RedirectResponse)
async def find_latest() -> str:
    return "/api/v1/exports/table?latest=1"


for router in (users, files, exports):
    app.include_router(router)


def main() -> None:
    """Serve on a free port of loopback, and print the URL of the document."""
    listener = socket.create_server(("127.0.0.1", 0))
    print(f"http://127.0.0.1:{listener.getsockname()[1]}/openapi.json", flush=True)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    asyncio.run(server.serve([listener]))


if __name__ == "__main__":
    main()

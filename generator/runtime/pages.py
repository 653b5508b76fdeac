"""Pages of entries: how they are read, and how the next one is found."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from .decoding import decode, explained
from .errors import ResponseDecodeError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Generator, Iterator

    from .options import CallOptions
    from .pagination import Pagination
    from .resource import AsyncResource, Resource

T = TypeVar("T")


class PageData(msgspec.Struct, Generic[T], frozen=True):
    """What an answer says of one page.

    Attributes:
        items: The entries.
        total: The number of all entries, or None.
        page: The number of the page, or None.
        size: The size of the page, or None.
    """

    items: list[T]
    total: int | None
    page: int | None
    size: int | None


def read_page(pagination: Pagination[T], content: bytes) -> PageData[T]:
    """Read a page; every entry keeps its own bytes.

    Raises:
        ResponseDecodeError: If the page or one of its entries is not what the document promises.
    """
    try:
        envelope = _decoder(pagination).decode(content)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise explained(error, content) from None
    items: list[T] = []
    for index, raw in enumerate(_at(envelope, pagination.items)):
        try:
            items.append(decode(bytes(raw), pagination.item))
        except ResponseDecodeError as error:
            place = f"{pagination.items}/{index}{error.pointer}"
            message = f"entry {index} does not fit: {error}"
            raise ResponseDecodeError(message, pointer=place, content=error.content) from None
    return PageData(
        items,
        *(
            _at(envelope, pointer) if pointer else None
            for pointer in (pagination.total, pagination.echoed_page, pagination.echoed_size)
        ),
    )


class Place(msgspec.Struct, Generic[T], frozen=True):
    """Which page a page is: what it was asked with, which the next one needs.

    Attributes:
        pagination: How the operation pages.
        arguments: The operation's arguments.
        options: The options of the call.
    """

    pagination: Pagination[T]
    arguments: tuple[Any, ...]
    options: CallOptions

    def argument(self, name: str) -> Any:
        """Give an argument by its name."""
        for parameter, value in zip(
            self.pagination.operation.parameters, self.arguments, strict=True
        ):
            if parameter.name == name:
                return value
        return None

    def replaced(self, **changed: Any) -> tuple[Any, ...]:
        """Give the arguments, some of them changed."""
        return tuple(
            changed.get(parameter.name, value)
            for parameter, value in zip(
                self.pagination.operation.parameters, self.arguments, strict=True
            )
        )


class BasePage(Generic[T]):
    """One page of entries.

    Attributes:
        items: The entries of this page.
        total_count: How many entries there are on all pages, if the service says so.
        page: The number of this page, if pages have numbers.
        per_page: How many entries a page has, as the service says.
    """

    def __init__(self, data: PageData[T], place: Place[T]) -> None:
        """Keep a page, and where it is among the others."""
        self.items = data.items
        self.total_count = data.total
        self.page = data.page
        self.per_page = data.size
        self._place = place

    def __len__(self) -> int:
        """Give the number of entries on this page."""
        return len(self.items)

    def __repr__(self) -> str:
        """Show which page this is, not what is in it."""
        return f"{type(self).__name__}(page={self.page}, {len(self)} of {self.total_count} entries)"

    @property
    def has_next(self) -> bool:
        """Whether there is a further page."""
        if not self.items:
            return False
        size = self.per_page or len(self.items)
        if self.total_count is None:
            return len(self.items) >= size
        pages_so_far = self._number() + 1 - self._place.pagination.first
        return pages_so_far * size < self.total_count

    def _number(self) -> int:
        """Give the number of this page: what the service says, else what was asked for."""
        if self.page is not None:
            return self.page
        asked = self._place.argument(self._place.pagination.page)
        return self._place.pagination.first if asked is None else int(asked)

    def _next_arguments(self) -> tuple[Any, ...]:
        """Give the arguments that ask for the next page, in the size that the service keeps to."""
        changed: dict[str, Any] = {self._place.pagination.page: self._number() + 1}
        if self._place.pagination.size and self.per_page is not None:
            changed[self._place.pagination.size] = self.per_page
        return self._place.replaced(**changed)


class Page(BasePage[T]):
    """One page of entries, which can fetch the next."""

    def __init__(self, data: PageData[T], place: Place[T], resource: Resource) -> None:
        """Keep a page and what fetches the next."""
        super().__init__(data, place)
        self._resource = resource

    def next_page(self) -> Page[T] | None:
        """Fetch the next page; None if this is the last."""
        if not self.has_next:
            return None
        place = self._place
        return self._resource.page(place.pagination, place.options, self._next_arguments())

    def pages(self) -> Iterator[Page[T]]:
        """Give this page and every further one."""
        page: Page[T] | None = self
        while page is not None:
            yield page
            page = page.next_page()


class AsyncPage(BasePage[T]):
    """One page of entries, which can fetch the next."""

    def __init__(self, data: PageData[T], place: Place[T], resource: AsyncResource) -> None:
        """Keep a page and what fetches the next."""
        super().__init__(data, place)
        self._resource = resource

    async def next_page(self) -> AsyncPage[T] | None:
        """Fetch the next page; None if this is the last."""
        if not self.has_next:
            return None
        place = self._place
        return await self._resource.page(place.pagination, place.options, self._next_arguments())

    async def pages(self) -> AsyncIterator[AsyncPage[T]]:
        """Give this page and every further one."""
        page: AsyncPage[T] | None = self
        while page is not None:
            yield page
            page = await page.next_page()


class AsyncPages(Generic[T]):
    """A list that was asked for and not fetched yet: await it for its first page."""

    def __init__(self, place: Place[T], resource: AsyncResource) -> None:
        """Keep what to fetch."""
        self._place = place
        self._resource = resource

    def __await__(self) -> Generator[Any, Any, AsyncPage[T]]:
        """Fetch the first page."""
        place = self._place
        first = self._resource.page(place.pagination, place.options, place.arguments)
        return first.__await__()


@cache
def _decoder(pagination: Pagination[Any]) -> msgspec.json.Decoder[Any]:
    """Make the decoder of an envelope, which leaves the entries as bytes."""
    fields: dict[str, Any] = {pagination.items: list[msgspec.Raw]}
    for pointer in (pagination.total, pagination.echoed_page, pagination.echoed_size):
        if pointer:
            fields[pointer] = int | None
    return msgspec.json.Decoder(_envelope({_steps(key): kind for key, kind in fields.items()}))


def _envelope(fields: dict[tuple[str, ...], Any]) -> Any:
    """Make a type with fields at such places; what may be missing is None."""
    if () in fields:
        return fields[()]
    groups: dict[str, dict[tuple[str, ...], Any]] = {}
    for steps, kind in fields.items():
        groups.setdefault(steps[0], {})[steps[1:]] = kind
    members: list[Any] = []
    for number, (name, inside) in enumerate(groups.items()):
        kind = _envelope(inside)
        if kind == int | None:
            field = msgspec.field(name=name, default=None)
        else:
            field = msgspec.field(name=name)
        members.append((f"f{number}", kind, field))
    return msgspec.defstruct("Envelope", members, kw_only=True)


def _at(envelope: Any, pointer: str) -> Any:
    """Give what is at a place of an envelope."""
    for step in _steps(pointer):
        names: tuple[str, ...] = envelope.__struct_encode_fields__
        envelope = getattr(envelope, f"f{names.index(step)}")
    return envelope


def _steps(pointer: str) -> tuple[str, ...]:
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])

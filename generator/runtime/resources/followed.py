"""Base classes of resources with operations that can be followed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from ..walks.following import AsyncFollow, Follow, FollowPlan, plan_follow
from .paged import AsyncPagedResource, PagedResource

if TYPE_CHECKING:
    from ..paging.pagination import Pagination
    from ..walks.following import FollowOptions

T = TypeVar("T")


class FollowedResource(PagedResource):
    """Base class of synchronous resources with operations that can be followed."""

    def _follow(
        self,
        pagination: Pagination[T],
        arguments: dict[str, Any],
        options: FollowOptions,
        **controls: Any,
    ) -> Follow[T]:
        plan: FollowPlan[T] = plan_follow(pagination, arguments, options, **controls)
        pages = self._pages()
        pages.check_call(plan.walk)
        return Follow(plan, pages)


class AsyncFollowedResource(AsyncPagedResource):
    """Base class of asynchronous resources with operations that can be followed."""

    def _follow(
        self,
        pagination: Pagination[T],
        arguments: dict[str, Any],
        options: FollowOptions,
        **controls: Any,
    ) -> AsyncFollow[T]:
        plan: FollowPlan[T] = plan_follow(pagination, arguments, options, **controls)
        pages = self._pages()
        pages.check_call(plan.walk)
        return AsyncFollow(plan, pages)

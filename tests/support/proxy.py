"""A TCP proxy that does to connections what networks do: delay, loss, a dead line, a reset. It never looks inside."""

from __future__ import annotations

import asyncio
import itertools
import random
import socket
import struct
import threading
from collections import deque
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self, TypeVar

T = TypeVar("T")
RESET = struct.pack("ii", 1, 0)
"""SO_LINGER of nothing: closing such a socket is a reset, not a goodbye."""


class Proxy:
    """Listens on a port of its own before `target`; TLS passes through unread.

    `delay` is waited each way. `swallow_requests` and `swallow_replies` let bytes and goodbyes vanish, both together
    are a black hole; `refuse` resets whoever comes new. All may be changed while connections run.
    """

    def __init__(self, target: tuple[str, int]) -> None:
        self.target = target
        self.delay = 0.0
        self.swallow_requests = self.swallow_replies = self.refuse = False
        self.requests = self.replies = self.resets = self.unlucky = 0
        self._gusts: Iterator[int] | None = None
        self._next: int | None = None
        self._pairs: set[_Pair] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)
        self._thread.start()
        self._server = self._do(self._listen())
        self.port: int = self._server.sockets[0].getsockname()[1]

    def black_hole(self, *, on: bool = True) -> None:
        """Nothing comes through, nobody is told."""
        self.swallow_requests = self.swallow_replies = on

    def lose_reply(self, number: int) -> None:
        """The so-manieth reply from now on does not arrive; its connection is reset instead. 0 takes that back."""
        self.unlucky = number

    def reset(self) -> int:
        """Reset every connection now, on both sides; how many there were."""
        return self._do(self._reset())

    @contextmanager
    def storm(self, fewest: int, most: int, seed: int) -> Iterator[None]:
        """Meanwhile all connections are reset again and again, each time after so many more packets of PCs.

        By packets, not by seconds: a slow machine is hit as often as a quick one, in log-ins as in commands.
        """
        chance = random.Random(seed)  # noqa: S311  the same storm every time
        self._gusts = (self.requests + chance.randint(fewest, most) for _ in itertools.count())
        self._next = next(self._gusts)
        try:
            yield
        finally:
            self._next = None

    def blow(self) -> None:
        """A packet has come; in a storm it may be the last."""
        if self._next is not None and self._gusts is not None and self.requests >= self._next:
            self._next = next(self._gusts)
            self.resets += len(self._pairs)
            for pair in list(self._pairs):
                pair.reset()

    def close(self) -> None:
        """End everything."""
        self._do(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    # --- in the proxy's thread ---

    def _do(self, act: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(act, self._loop).result(20)

    async def _listen(self) -> asyncio.Server:
        return await self._loop.create_server(lambda: _Pair(self).near, "127.0.0.1", 0)

    async def _reset(self) -> int:
        pairs = list(self._pairs)
        for pair in pairs:
            pair.reset()
        return len(pairs)

    async def _end(self) -> None:
        self._server.close()
        await self._reset()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.sleep(0.01)  # transports say goodbye to their protocols in the loop's next rounds


class _Pair:
    """A PC's connection and the one to the server behind it."""

    def __init__(self, proxy: Proxy) -> None:
        self.proxy = proxy
        self.near, self.far = _End(self, request=True), _End(self, request=False)

    def came(self) -> None:
        """A PC knocks."""
        if self.proxy.refuse:
            self.reset()
            return
        self.proxy._pairs.add(self)
        loop = asyncio.get_running_loop()
        task = loop.create_task(self._connect(loop))
        self.proxy._tasks.add(task)
        task.add_done_callback(self.proxy._tasks.discard)

    async def _connect(self, loop: asyncio.AbstractEventLoop) -> None:
        try:
            await loop.create_connection(lambda: self.far, *self.proxy.target)
        except OSError:
            self.reset()
            return
        if self.near.gone:
            self.reset()
            return
        self.far.flush()

    def other(self, end: _End) -> _End:
        """The other side."""
        return self.far if end is self.near else self.near

    def reset(self) -> None:
        """Both sides at once."""
        self.proxy._pairs.discard(self)
        for end in (self.near, self.far):
            end.reset()


class _End(asyncio.Protocol):
    """One side of a pair; what it receives goes to the other side, in order, when its time has come."""

    def __init__(self, pair: _Pair, *, request: bool) -> None:
        self.pair, self.request = pair, request
        self.gone = False
        self._transport: asyncio.Transport | None = None
        self._due: deque[tuple[float, bytes]] = deque()  # b"" is the goodbye

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        if self.request:
            self.pair.came()

    def data_received(self, data: bytes) -> None:
        if self.request:
            self.pair.proxy.requests += 1
        else:
            self.pair.proxy.replies += 1
            if self._is_unlucky():
                self.pair.reset()
                return
        self._pass_on(data)
        if self.request:
            self.pair.proxy.blow()

    def _is_unlucky(self) -> bool:
        proxy = self.pair.proxy
        if not proxy.unlucky:
            return False
        proxy.unlucky -= 1
        return not proxy.unlucky

    def connection_lost(self, exc: Exception | None) -> None:
        self.gone = True
        self._pass_on(b"")

    def _pass_on(self, data: bytes) -> None:
        proxy = self.pair.proxy
        if proxy.swallow_requests if self.request else proxy.swallow_replies:
            return
        other = self.pair.other(self)
        loop = asyncio.get_running_loop()
        other._due.append((loop.time() + proxy.delay, data))
        if proxy.delay:
            loop.call_later(proxy.delay, other.flush)
        else:
            other.flush()

    def flush(self) -> None:
        """Send what is due."""
        if self._transport is None:
            return
        now = asyncio.get_running_loop().time() + 0.001
        while self._due and self._due[0][0] <= now and not self.gone:
            data = self._due.popleft()[1]
            if data:
                self._transport.write(data)
            else:
                self._transport.close()
                self.pair.proxy._pairs.discard(self.pair)

    def reset(self) -> None:
        """Cut it."""
        self.gone = True
        if self._transport is not None:
            sock = self._transport.get_extra_info("socket")
            if sock is not None and sock.fileno() >= 0:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            self._transport.abort()

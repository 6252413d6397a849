"""The cheapest HTTP client there is, so that what is measured is the server."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Request:
    """A POST; ``answered`` is awaited after the response, where the answer comes on another way."""

    headers: Mapping[str, str]
    body: bytes
    answered: Callable[[], Awaitable[None]] | None = None


@dataclass
class Load:
    """What came of some requests: seconds each, and seconds altogether."""

    latencies: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds


async def drive(url: str, requests: list[Request], *, in_flight: int) -> Load:
    """Sends all of them over kept connections, so many at a time; any answer but 200 to 202 is an error."""
    waiting = iter(requests)
    load = Load()
    began = time.perf_counter()
    await asyncio.gather(*(_line(url, waiting, load) for _ in range(in_flight)))
    load.seconds = time.perf_counter() - began
    return load


async def post(url: str, request: Request) -> bytes:
    """One request on a connection of its own; the body of its answer."""
    reader, writer = await _connected(url)
    try:
        return await _exchange(url, request, reader, writer)
    finally:
        writer.close()


async def _connected(url: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    parts = urlsplit(url)
    return await asyncio.open_connection(parts.hostname, parts.port)


async def _line(url: str, waiting: "iter[Request]", load: Load) -> None:  # type: ignore[valid-type]
    reader, writer = await _connected(url)
    for request in waiting:
        began = time.perf_counter()
        await _exchange(url, request, reader, writer)
        if request.answered is not None:
            await request.answered()
        load.latencies.append(time.perf_counter() - began)
    writer.close()


async def _exchange(url: str, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
    parts = urlsplit(url)
    head = {"Host": parts.netloc, "Content-Length": str(len(request.body)), **request.headers}
    lines = [f"POST {parts.path} HTTP/1.1", *(f"{name}: {value}" for name, value in head.items()), "", ""]
    writer.write("\r\n".join(lines).encode() + request.body)
    answer = (await reader.readuntil(b"\r\n\r\n")).decode()
    status = int(answer.split(" ", 2)[1])
    headers = dict(line.lower().split(": ", 1) for line in answer.split("\r\n")[1:] if ": " in line)
    body = await _body(headers, reader)
    if status not in (200, 201, 202):
        raise RuntimeError(f"{url} answered {status}: {body[:300]!r}")
    return body


async def _body(headers: Mapping[str, str], reader: asyncio.StreamReader) -> bytes:
    if headers.get("transfer-encoding") != "chunked":
        return await reader.readexactly(int(headers.get("content-length", "0")))
    body = b""
    while size := int(await reader.readline(), 16):
        body += (await reader.readexactly(size + 2))[:-2]
    await reader.readline()
    return body

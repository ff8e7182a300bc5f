#!/usr/bin/env python3
"""Other people's clients against the sample TinyWeb: requests, http.client, websockets.

With the path of the sample Fetch, that speaks to a server of websockets, compressed, too.
usage: Tests/Peers/http_peers.py HOST:PORT [FETCH]    (needs: pip install requests websockets)
"""
import asyncio
import http.client
import sys

import requests
import websockets
import websockets.asyncio.server
from websockets.extensions.permessage_deflate import (
    ClientPerMessageDeflateFactory as Offer, ServerPerMessageDeflateFactory as Answer)

host = sys.argv[1]
base = f"http://{host}"


def with_requests():
    session = requests.Session()
    for number in range(20):
        assert session.get(f"{base}/hello/n{number}").text == f"Hello, n{number}!\n"
    assert session.post(f"{base}/echo", data=iter([b"one ", b"two"])).text == "one two"
    assert session.post(f"{base}/echo", data=b"x" * 900_000).text == "x" * 900_000
    assert session.post(f"{base}/echo", data=b"x" * 3_000_000).status_code == 413
    page = session.get(f"{base}/", headers={"Accept-Encoding": "gzip"})
    assert "TinyWeb" in page.text and page.headers["Content-Encoding"] == "gzip"
    again = session.get(f"{base}/", headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 304 and not again.content
    assert session.get(f"{base}/", headers={"Range": "bytes=0-4"}).status_code == 206
    assert session.options(f"{base}/echo").headers["Allow"] == "OPTIONS, POST"
    assert session.head(f"{base}/").content == b""
    assert session.get(f"{base}/", headers={"Host": "evil.example"}).status_code == 421


def with_http_client():
    connection = http.client.HTTPConnection(host)
    for number in range(5):
        connection.request("GET", f"/hello/{number}")
        assert connection.getresponse().read() == f"Hello, {number}!\n".encode()
    connection.putrequest("POST", "/echo")
    connection.putheader("Transfer-Encoding", "chunked")
    connection.endheaders(b"abc", encode_chunked=True)
    assert connection.getresponse().read() == b"abc"


async def with_websockets():
    uri = f"ws://{host}/chat"
    async with websockets.connect(uri) as one, websockets.connect(uri) as other:
        for message in ["hello", "é" * 200_000]:
            await one.send(message)
            assert await other.recv() == message and await one.recv() == message
        await one.send(["frag", "ment", "ed"])
        assert await other.recv() == "fragmented"
        await (await one.ping())
        await one.close(4000, "done")
        assert one.close_code == 4000
    try:
        async with websockets.connect(uri, origin="https://evil.example"):
            raise AssertionError("a page of another site was let in")
    except websockets.exceptions.InvalidStatus as refusal:
        assert refusal.response.status_code == 403


async def with_compressed_websockets():
    """What they compress, we understand, whatever was agreed upon."""
    offers = [
        Offer(), Offer(client_no_context_takeover=True), Offer(server_no_context_takeover=True),
        Offer(client_max_window_bits=9, server_max_window_bits=9), Offer(client_max_window_bits=12),
    ]
    for offer in offers:
        async with websockets.connect(f"ws://{host}/chat", extensions=[offer]) as one:
            assert [e.name for e in one.protocol.extensions] == ["permessage-deflate"], offer
            for number in range(30):
                message = f"{number} " * (number * number) + "."
                await one.send(message)
                assert await one.recv() == message


async def with_a_server(fetch):
    """Our client, which compresses, against their server, which does."""
    heard = []

    async def echo(connection):
        heard.append([e.name for e in connection.protocol.extensions])
        message = await connection.recv()
        for _ in range(3):
            await connection.send(message)
        await connection.close(4001, "enough")

    for answer in [Answer(), Answer(server_no_context_takeover=True, client_max_window_bits=10)]:
        async with websockets.asyncio.server.serve(
                echo, "127.0.0.1", 0, extensions=[answer]) as server:
            number = server.sockets[0].getsockname()[1]
            words = "what is said again and again " * 50
            process = await asyncio.create_subprocess_exec(
                fetch, f"ws://127.0.0.1:{number}/", words, stdout=asyncio.subprocess.PIPE)
            said, _ = await process.communicate()
            assert said.decode() == (words + "\n") * 3 + "* closed with 4001 enough\n"
    assert heard == [["permessage-deflate"]] * 2, heard


with_requests()
with_http_client()
asyncio.run(with_websockets())
asyncio.run(with_compressed_websockets())
if len(sys.argv) > 2:
    asyncio.run(with_a_server(sys.argv[2]))
print("requests, http.client and websockets agree with us")

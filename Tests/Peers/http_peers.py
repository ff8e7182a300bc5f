#!/usr/bin/env python3
"""Other people's clients against the sample TinyWeb: requests, http.client, websockets.

usage: Tests/Peers/http_peers.py HOST:PORT     (needs: pip install requests websockets)
"""
import asyncio
import http.client
import sys

import requests
import websockets

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


with_requests()
with_http_client()
asyncio.run(with_websockets())
print("requests, http.client and websockets agree with us")

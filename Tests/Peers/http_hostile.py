#!/usr/bin/env python3
"""What hostile peers cost the others: rows of HOSTILE.md against the sample TinyWeb (release).

After each group the same process must serve a healthy client within 100 ms and have grown by at
most 4 MB; meanwhile a client that asks every few milliseconds must never wait more than 50 ms for
the loop. Prints a line for each group, and ends with status 1 when one of them is missed.
usage: Tests/Peers/http_hostile.py TINYWEB     (the executable; only Python's own library)
"""
import http.client
import multiprocessing
import os
import random
import socket
import struct
import subprocess
import sys
import time
import zlib

program = sys.argv[1]
dice = random.Random(7)
HEAD = b"Host: localhost\r\n"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


port = free_port()


def connect():
    peer = socket.create_connection(("127.0.0.1", port), timeout=20)
    peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return peer


def ask(connection):
    start = time.perf_counter()
    connection.request("GET", "/hello/x")
    body = connection.getresponse().read()
    assert body == b"Hello, x!\n", body
    return (time.perf_counter() - start) * 1000


def watch(pipe):
    """Asks all the time; tells the longest wait since it was last asked for it."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    longest = 0
    while True:
        longest = max(longest, ask(connection))
        if pipe.poll():
            if pipe.recv() == "stop":
                return
            pipe.send(longest)
            longest = 0
        time.sleep(0.003)


def talk(data, ends=True):
    """Sends, ends its side, and reads to the end."""
    heard = b""
    with connect() as peer:
        try:
            peer.sendall(data)
            if ends:
                peer.shutdown(socket.SHUT_WR)
            while piece := peer.recv(65536):
                heard += piece
        except (ConnectionError, TimeoutError):
            pass
    return heard


def request(line=b"GET / HTTP/1.1", fields=b"", body=b""):
    return line + b"\r\n" + HEAD + fields + b"\r\n" + body


def broken_requests():
    rows = [
        b"GET / HTTP/1.1\nHost: localhost\n\n", b"\x16\x03\x01\x02\x00", b"GET  / HTTP/1.1\r\n",
        b"GET / HTTP/1.1\r\n\r\n", request(fields=b"Host: localhost\r\n"),
        request(fields=b"X : a\r\n"), request(fields=b"X: a\r\n b\r\n"),
        request(fields=b"X: \0\r\n"), request(b"GET /\\..\\x HTTP/1.1"),
        request(b"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1"), request(b"GET / HTTP/9.9"),
        request(b"POST /echo HTTP/1.1", b"Content-Length: 4\r\nContent-Length: 5\r\n", b"hello"),
        request(b"POST /echo HTTP/1.1",
                b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n"),
        request(b"POST /echo HTTP/1.1", b"Content-Length: +5\r\n", b"hello"),
        request(b"POST /echo HTTP/1.1", b"Transfer-Encoding: xchunked\r\n", b"0\r\n\r\n"),
        request(b"POST /echo HTTP/1.1", b"Transfer-Encoding: chunked\r\n", b"0x5\r\nhello\r\n"),
        request(b"POST /echo HTTP/1.1", b"Content-Length: 50\r\n", b"hello"),
        request(b"GET http://evil/ HTTP/1.1"), b"A" * 100_000,
    ]
    for _ in range(60):
        for row in rows:
            answer = talk(row)
            assert b"HTTP/1.1 2" not in answer, (row[:80], answer[:80])


def garbage():
    for _ in range(1500):
        talk(dice.randbytes(dice.randrange(1, 400)))


def many_fields():
    """H12"""
    fields = b"".join(b"%c%c: x\r\n" % (97 + n % 26, 97 + n // 26 % 26) for n in range(2000))
    for _ in range(200):
        assert b" 431 " in talk(request(fields=b"Upgrade: websocket\r\n" + fields), ends=False)


def extensions():
    """H13: a hundred thousand chunks of one byte, each with 4 kB of extensions."""
    for _ in range(20):
        head = request(b"POST /echo HTTP/1.1", b"Transfer-Encoding: chunked\r\n")
        chunk = b"1;" + b"a" * 4096 + b"\r\nx\r\n"
        assert b" 400 " in talk(head + chunk * 500, ends=False)


def pipeline():
    """H5"""
    for _ in range(20):
        answer = talk(b"".join(request(b"GET /hello/%d HTTP/1.1" % n) for n in range(1000)))
        places = [answer.find(b"Hello, %d!" % n) for n in range(1000)]
        assert places == sorted(places) and places[0] > 0


def long_targets():
    """H17, H20"""
    for _ in range(100):
        talk(request(b"GET /" + b"a" * 70_000 + b" HTTP/1.1"), ends=False)
        talk(request(b"GET /" + b"%2e%2e%2f" * 800 + b" HTTP/1.1"))


def random_paths():
    """H15: nothing is kept of a path that is none."""
    with connect() as peer:
        reader = peer.makefile("rb")
        for _ in range(200):
            peer.sendall(b"".join(
                request(b"GET /%x HTTP/1.1" % dice.getrandbits(64)) for _ in range(16)))
            for _ in range(16):
                length = 0
                assert b" 404 " in reader.readline()
                while (line := reader.readline()) != b"\r\n":
                    if line.lower().startswith(b"content-length:"):
                        length = int(line.split()[1])
                reader.read(length)


def great_bodies():
    for _ in range(20):
        assert b" 413 " in talk(
            request(b"POST /echo HTTP/1.1", b"Content-Length: 3000000\r\n", b"x" * 3_000_000),
            ends=False)
        talk(request(b"POST /echo HTTP/1.1", b"Content-Length: 900000\r\n", b"x" * 900_000))


def slow_heads():
    """H14, with a thousand: heads that never end."""
    peers = [connect() for _ in range(1000)]
    for peer in peers:
        peer.sendall(b"GET / HTTP/1.1\r\nHost: local")
    for _ in range(5):
        time.sleep(0.3)
        for peer in peers:
            peer.sendall(b"x")
    for peer in peers:
        peer.close()


def deaf_listeners():
    """Event streams, and big answers, that are asked for and never read."""
    peers = [connect() for _ in range(300)]
    for peer in peers:
        peer.sendall(request(b"GET /clock HTTP/1.1") if dice.random() < 0.5
                     else request(b"GET / HTTP/1.1") * 200)
        # Thirty thousand requests at once would take a third of a second of anybody's.
        time.sleep(0.005)
    time.sleep(2.2)
    for peer in peers:
        peer.close()


OPENING = request(
    b"GET /chat HTTP/1.1",
    b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    b"Sec-WebSocket-Extensions: permessage-deflate\r\n")


def frame(first, payload):
    size = len(payload)
    length = bytes([0x80 | size]) if size < 126 else (
        b"\xfe" + struct.pack(">H", size) if size < 65536 else b"\xff" + struct.pack(">Q", size))
    return bytes([first]) + length + b"\0\0\0\0" + payload


def closed_with(data):
    """The code of the close frame that the server answers frames with."""
    answer = talk(OPENING + data, ends=False)
    head, _, frames = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 101"), head
    place = frames.rfind(b"\x88")
    return struct.unpack(">H", frames[place + 2:place + 4])[0]


def broken_frames():
    """W1 to W4"""
    for _ in range(100):
        assert closed_with(b"\x81\x05Hello") == 1002
        assert closed_with(b"\x82" + b"\xff" * 9) == 1002
        assert closed_with(b"\x82\xff\x7f" + b"\xff" * 7 + b"\0\0\0\0") == 1009
        assert closed_with(frame(0x01, b"a") + frame(0x00, b"") * 200) == 1009
    for _ in range(5):
        assert closed_with(frame(0x02, b"") + frame(0x00, b"x" * 65_000) * 20) == 1009


def bombs():
    """W5: a megabyte on the wire, a gigabyte behind it."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    zeros = b"\0" * 1_000_000
    bomb = b"".join(squeezer.compress(zeros) for _ in range(1000))
    bomb += squeezer.flush(zlib.Z_SYNC_FLUSH)
    bomb = bomb[:-4]
    assert 900_000 < len(bomb) < 1_048_576, len(bomb)
    for _ in range(20):
        assert closed_with(frame(0xC2, bomb)) == 1009
        assert closed_with(frame(0xC1, dice.randbytes(5000))) == 1007


def resident(process):
    with open(f"/proc/{process.pid}/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


GROUPS = [
    broken_requests, garbage, many_fields, extensions, pipeline, long_targets, random_paths,
    great_bodies, slow_heads, deaf_listeners, broken_frames, bombs,
]


def main():
    process = subprocess.Popen([program, f"tcp:{port}:interface=127.0.0.1"])
    failures = 0
    pipe, other = multiprocessing.Pipe()
    watcher = multiprocessing.Process(target=watch, args=(other,), daemon=True)
    try:
        for _ in range(100):
            try:
                connect().close()
                break
            except ConnectionError:
                time.sleep(0.1)
        watcher.start()
        # What a server needs that has seen everything once.
        for group in GROUPS:
            group()
        print(f"{'group':<18} {'waited at most':>15} {'healthy after':>15} {'grown by':>10}")
        for group in GROUPS:
            pipe.send("longest")
            pipe.recv()
            before = resident(process)
            group()
            connection = http.client.HTTPConnection("127.0.0.1", port)
            healthy = ask(connection)
            connection.close()
            pipe.send("longest")
            longest = pipe.recv()
            time.sleep(0.3)
            grown = resident(process) - before
            isRight = healthy <= 100 and longest <= 50 and grown <= 4
            failures += not isRight
            print(f"{group.__name__:<18} {longest:>12.1f} ms {healthy:>12.1f} ms "
                  f"{grown:>7.2f} MB{'' if isRight else '   TOO MUCH'}", flush=True)
        pipe.send("stop")
        print(f"resident in the end: {resident(process):.1f} MB")
    finally:
        process.terminate()
        process.wait(10)
        watcher.kill()
    sys.exit(1 if failures else 0)


main()

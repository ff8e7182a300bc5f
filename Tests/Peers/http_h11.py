#!/usr/bin/env python3
"""Compares the request parser with h11 on mutated requests.

Where both accept, they must have understood the same; what h11 refuses, we refuse. That we refuse
more is the intention: it is counted by cause, for a person to look at.
usage: Tests/Peers/http_h11.py [COUNT] [SEED]    (needs h11: pip install h11)
"""
import collections
import pathlib
import random
import re
import subprocess
import sys

import h11

here = pathlib.Path(__file__).resolve().parent
count = int(sys.argv[1]) if len(sys.argv) > 1 else 20000
seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
reader = here.parent / "Benchmarks/.build/release/http-read"
seeds = [
    b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /a?b=c HTTP/1.1\r\nHost: x:80\r\nA: b\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"
    b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"5;a=b\r\nhello\r\n0\r\nX: y\r\n\r\n",
    b"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET / HTTP/1.0\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\r\n",
    b"GET http://x/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
]
tokens = [
    b"\r\n", b"\n", b"\r", b" ", b"\t", b":", b"\0", b"0", b"5", b"+", b"-", b"0x", b",", b";",
    b"Content-Length: 5\r\n", b"Transfer-Encoding: chunked\r\n", b"Host: x\r\n", b"chunked",
    b"HTTP/1.1", b"HTTP/1.0", b"\xff", b"\x0b", b"Content-Length: 0\r\n", b" \r\n ", b"a", b"/",
]


def mutate(data, dice):
    data = bytearray(data)
    for _ in range(dice.randrange(1, 4)):
        place = dice.randrange(len(data) + 1)
        kind = dice.randrange(4)
        if kind == 0:
            data[place:place] = dice.choice(tokens)
        elif kind == 1 and place < len(data):
            del data[place]
        elif kind == 2 and place < len(data):
            data[place] = dice.randrange(256)
        else:
            line = bytes(data).split(b"\r\n")
            line.insert(dice.randrange(len(line)), dice.choice(line))
            data = bytearray(b"\r\n".join(line))
    return bytes(data)


def without_empty_line(data):
    """h11 does not tolerate the empty line before a request that RFC 9112, 2.2 does."""
    return data[2:] if data.startswith(b"\r\n") else data


def keeps(connection, head):
    """h11 never keeps a connection of HTTP/1.0."""
    words = b",".join(v.lower() for k, v in head.headers if k == b"connection").split(b",")
    if head.http_version == b"1.0":
        words = [word.strip() for word in words]
        return b"keep-alive" in words and b"close" not in words
    return connection.our_state is h11.DONE and connection.their_state is h11.DONE


def theirs(data):
    """What h11 finds, in the form that our reader prints; a new h11 for each request."""
    found = []
    while True:
        data = without_empty_line(data)
        connection = h11.Connection(h11.SERVER)
        head, body = None, b""
        try:
            connection.receive_data(data)
            while True:
                event = connection.next_event()
                if event is h11.NEED_DATA:
                    return found + ["more"]
                if event is h11.PAUSED or isinstance(event, h11.ConnectionClosed):
                    return found + ["close"]
                if isinstance(event, h11.Request):
                    head = event
                elif isinstance(event, h11.Data):
                    body += bytes(event.data)
                elif isinstance(event, h11.EndOfMessage):
                    break
        except h11.RemoteProtocolError:
            return found + ["fault"]
        found.append(f"{head.method.decode()} {head.target.decode('latin-1')} {body.hex()}")
        connection.send(h11.Response(status_code=200, headers=[("Content-Length", "0")]))
        connection.send(h11.EndOfMessage())
        if not keeps(connection, head) or head.method == b"CONNECT":
            return found + ["close"]
        data = connection.trailing_data[0]


def main():
    dice = random.Random(seed)
    inputs = [mutate(dice.choice(seeds), dice) for _ in range(count)]
    process = subprocess.run(
        [reader], input="\n".join(i.hex() for i in inputs) + "\n", capture_output=True, text=True,
        check=True, timeout=300)
    ours = [line.split("\t") for line in process.stdout.split("\n")[:-1]]
    assert len(ours) == len(inputs), (len(ours), len(inputs))
    stricter, wrong, same = collections.Counter(), [], 0
    for data, mine in zip(inputs, ours):
        other = theirs(data)
        if mine == other:
            same += 1
            continue
        # We may stop earlier, but never tell another story up to there.
        told = mine[:-1]
        if mine[-1] == "fault" and told == other[: len(told)]:
            next_found = other[len(told)]
            stricter[next_found if next_found in ("more", "close") else "a request"] += 1
        elif mine[-1] == "more" and data.endswith(b"\r") and told == other[:-1]:
            # The line feed may be still to come; h11 does not wait for it.
            same += 1
        elif re.fullmatch("more|close", mine[-1]) and told == other[:-1] and other[-1] != "fault":
            same += 1
        else:
            wrong.append((data, mine, other))
    print(f"{count} inputs: {same} the same, {sum(stricter.values())} refused by us alone")
    print("h11 found there:", dict(stricter))
    for data, mine, other in wrong[:20]:
        print(f"DIFFERS {data!r}\n  ours  {mine}\n  h11   {other}")
    print(f"{len(wrong)} understood differently, or accepted by us alone")
    sys.exit(1 if wrong else 0)


main()

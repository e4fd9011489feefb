"""DEFLATE, zip and gzip by hand, with the bytes that zlib 1.2 and 1.3 give at levels 6 and 9.

Python's own modules will not do: Windows, macOS and some distributions bring another zlib, so that a case would have other
bytes on each machine. Data must be short enough for one block and one window, as every case is.
"""

import functools
import struct
import zlib

# Of each level: a match this good is looked for less, one so long puts off nothing, one so long will do; links followed.
LEVELS = {6: (8, 16, 128, 128), 9: (32, 258, 258, 4096)}
MOST = 32768 - 262
EXTRA_LENGTH = [0] * 8 + [i // 4 for i in range(4, 24)] + [0]
EXTRA_DISTANCE = [0, 0] + [i // 2 for i in range(28)]
EXTRA_RUN = [0] * 16 + [2, 3, 7]
RUN_ORDER = (16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15)
FIXED = [8] * 144 + [9] * 112 + [7] * 24 + [8] * 8


def codes_of(extra, last):
    """For each value from 0 to `last`: the number of its code and the first value of that code."""
    out = []
    for code, bits in enumerate(extra):
        first = len(out)
        out += [(code, first)] * (1 << bits)
    return out[: last + 1]


# A match of 258 has a code of its own, though the one before it would reach so far.
LENGTHS = codes_of(EXTRA_LENGTH[:-1], 254) + [(28, 255)]
DISTANCES = codes_of(EXTRA_DISTANCE, 32767)


def symbols(data, level):
    """Literals (distance 0) and matches (distance, length), as zlib's lazy search finds them."""
    good, lazy, nice, links = LEVELS[level]
    n, w, out = len(data), data + bytes(600), []
    head, chain = {}, [0] * (n + 3)

    def insert(at):
        # Three bytes in fifteen bits: what collides counts as a link of the chain.
        key = (w[at] << 10 ^ w[at + 1] << 5 ^ w[at + 2]) & 0x7FFF
        chain[at] = first = head.get(key, 0)
        head[key] = at
        return first

    def longest(at, found, best):
        left, enough, start = links >> 2 if best >= good else links, min(nice, n - at), None
        while True:
            if w[found + best] == w[at + best] and w[found + best - 1] == w[at + best - 1] and w[found:found + 2] == w[at:at + 2]:
                k = 2
                while k < 258 and w[found + k] == w[at + k]:
                    k += 1
                if k > best:
                    start, best = found, k
                    if k >= enough:
                        break
            found, left = chain[found], left - 1
            if found <= max(at - MOST, 0) or not left:
                break
        return min(best, n - at), start

    at, length, start, waiting = 0, 2, 0, False
    while at < n:
        found = insert(at) if n - at >= 3 else 0
        before, before_start, length = length, start, 2
        if found and before < lazy and at - found <= MOST:
            length, better = longest(at, found, before)
            start = start if better is None else better
            if length == 3 and at - start > 4096:
                length = 2
        if before >= 3 and length <= before:
            out.append((at - 1 - before_start, before))
            end = at - 1 + before
            for at in range(at + 1, end):
                if at <= n - 3:
                    insert(at)
            at, length, waiting = end, 2, False
        else:
            if waiting:
                out.append((0, w[at - 1]))
            at, waiting = at + 1, True
    if waiting:
        out.append((0, w[n - 1]))
    return out


def tree(freq, longest):
    """Lengths of the codes of a Huffman tree, no code longer than `longest`, ties broken as zlib breaks them."""
    elems = len(freq)
    freq, depth, dad = list(freq) + [0] * elems, [0] * (2 * elems), [0] * (2 * elems)
    heap = [0] + [i for i in range(elems) if freq[i]]
    top = heap[-1] if len(heap) > 1 else -1
    while len(heap) < 3:
        top, node = (top + 1, top + 1) if top < 2 else (top, 0)
        freq[node] = 1
        heap.append(node)
    key = lambda i: (freq[i], depth[i])

    def sift(k):
        v, j = heap[k], 2 * k
        while j < len(heap):
            if j + 1 < len(heap) and key(heap[j + 1]) <= key(heap[j]):
                j += 1
            if key(v) <= key(heap[j]):
                break
            heap[k], k, j = heap[j], j, 2 * j
        heap[k] = v

    for k in range((len(heap) - 1) // 2, 0, -1):
        sift(k)
    order, node = [], elems
    while len(heap) > 2:
        a, last = heap[1], heap.pop()
        heap[1] = last
        sift(1)
        b = heap[1]
        order += [a, b]
        freq[node], depth[node] = freq[a] + freq[b], max(depth[a], depth[b]) + 1
        dad[a] = dad[b] = heap[1] = node
        node += 1
        sift(1)
    order.reverse()
    bits, count, over = [0] * (2 * elems), [0] * (longest + 1), 0
    for i in order:
        bits[i] = min(bits[dad[i]] + 1, longest)
        over += bits[dad[i]] + 1 > longest
        if i < elems:
            count[bits[i]] += 1
    if not over:
        return bits[:elems]
    while over > 0:
        k = max(k for k in range(longest) if count[k])
        count[k] -= 1
        count[k + 1] += 2
        count[longest] -= 1
        over -= 2
    leaves = [i for i in reversed(order) if i < elems]
    for k in range(longest, 0, -1):
        for i in leaves[: count[k]]:
            bits[i] = k
        del leaves[: count[k]]
    return bits[:elems]


def codes(bits):
    """(code with its first bit lowest, length) for the length of each symbol."""
    nxt, code = {}, 0
    for k in range(1, 16):
        nxt[k] = code = (code + (bits.count(k - 1) if k > 1 else 0)) << 1
    out = []
    for k in bits:
        out.append((int(format(nxt[k], "0%db" % k)[::-1], 2), k) if k else (0, 0))
        nxt[k] = nxt.get(k, 0) + 1
    return out


def runs(bits):
    """The lengths of one tree as (symbol, what follows it)."""
    out, before, at = [], -1, 0
    while at < len(bits):
        now, n = bits[at], 1
        most, least = (138, 3) if not now else (6, 3) if now == before else (7, 4)
        while n < most and at + n < len(bits) and bits[at + n] == now:
            n += 1
        if n < least:
            out += [(now, 0)] * n
        elif now:
            head = [] if now == before else [(now, 0)]
            out += head + [(16, n - len(head) - 3)]
        else:
            out.append((17, n - 3) if n <= 10 else (18, n - 11))
        before, at = now, at + n
    return out


def trimmed(bits):
    return bits[: max((i + 1 for i, k in enumerate(bits) if k), default=0)]


@functools.cache
def raw(data, level):
    """One last block: as it is, with the fixed codes or with codes of its own, whichever is shortest."""
    found = symbols(data, level)
    assert len(found) < 16383 and len(data) <= MOST, "more than one block or window"
    words, lit, far = [], [0] * 286, [0] * 30
    for distance, v in found + [(0, 256)]:
        if distance:
            code, first = LENGTHS[v - 3]
            away, base = DISTANCES[distance - 1]
            words.append((257 + code, v - 3 - first, EXTRA_LENGTH[code], away, distance - 1 - base, EXTRA_DISTANCE[away]))
            far[away] += 1
        else:
            words.append((v, 0, 0, None, 0, 0))
        lit[words[-1][0]] += 1
    own, own_far = tree(lit, 15), tree(far, 15)
    told = runs(trimmed(own)), runs(trimmed(own_far))
    count = [0] * 19
    for symbol, _ in told[0] + told[1]:
        count[symbol] += 1
    short = tree(count, 7)
    kept = max([i for i, symbol in enumerate(RUN_ORDER) if short[symbol]] + [3]) + 1
    extra = sum(w[2] + w[5] for w in words)
    size = lambda a, b: sum(f * k for f, k in zip(lit, a)) + sum(f * k for f, k in zip(far, b)) + extra
    dynamic = size(own, own_far) + 14 + 3 * kept + sum(f * (k + e) for f, k, e in zip(count, short, EXTRA_RUN))
    fixed = size(FIXED, [5] * 30)
    octets = lambda bits: (bits + 10) >> 3
    best = min(octets(dynamic), octets(fixed))
    if len(data) + 4 <= best:
        return b"\1" + struct.pack("<HH", len(data), len(data) ^ 0xFFFF) + data
    pieces = []
    put = lambda value, n: pieces.append((value, n))

    if octets(fixed) == best:
        put(3, 3)
        own, own_far = FIXED, [5] * 30
    else:
        put(5, 3)
        for value, n in ((len(trimmed(own)) - 257, 5), (len(trimmed(own_far)) - 1, 5), (kept - 4, 4)):
            put(value, n)
        for symbol in RUN_ORDER[:kept]:
            put(short[symbol], 3)
        table = codes(short)
        for symbol, more in told[0] + told[1]:
            put(*table[symbol])
            put(more, EXTRA_RUN[symbol])
    near, away_codes = codes(own), codes(own_far)
    for symbol, more, n, away, rest, m in words:
        put(*near[symbol])
        put(more, n)
        if away is not None:
            put(*away_codes[away])
            put(rest, m)
    bits = "".join(format(value, "0%db" % n) for value, n in reversed(pieces) if n)
    return int(bits, 2).to_bytes((len(bits) + 7) // 8, "little")


def compress(data, level=6):
    """A zlib stream."""
    return (b"\x78\xda" if level == 9 else b"\x78\x9c") + raw(data, level) + struct.pack(">I", zlib.adler32(data))


def gz(data, name=""):
    """A gzip member with no time; `name` goes into its header."""
    head = b"\x1f\x8b\x08" + (b"\x08" if name else b"\0") + b"\0\0\0\0\2\xff" + (name.encode("latin-1") + b"\0" if name else b"")
    return head + raw(data, 9) + struct.pack("<II", zlib.crc32(data), len(data))


def pack(parts, comment=b"", stored=()):
    """A zip of (name, text or bytes) pairs in the given order, every date the same."""
    when = struct.pack("<HH", 9 << 11, (2025 - 1980) << 9 | 1 << 5 | 9)
    out, index = b"", b""
    for name, data in parts:
        data = data if isinstance(data, bytes) else data.encode()
        body = data if name in stored else raw(data, 6)
        flags = 0 if name.isascii() else 0x800
        head = struct.pack("<HHH", 20, flags, 0 if name in stored else 8) + when + struct.pack("<IIIHH", zlib.crc32(data), len(body), len(data), len(name.encode()), 0)
        index += b"PK\1\2\x14\3" + head + struct.pack("<HHHII", 0, 0, 0, 0o644 << 16, len(out)) + name.encode()
        out += b"PK\3\4" + head + name.encode() + body
    count = len(parts)
    return out + index + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, count, count, len(index), len(out), len(comment)) + comment

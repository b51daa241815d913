#!/usr/bin/env python3
"""Decodes an encrypted log as docs/encrypted-log-format.md describes it: decode_elog.py KEYSET.json FILE.elog

Prints the text. Ends with 1 and the reason if anything is wrong: checksums, the order of frames, the commitment, a tag, or
the totals of a CLOSE frame, with which the file must end. Python 3.9 or later, without packages; every cipher is written out
here, so that it owes nothing to what it checks. For tests: slow, and careless with time and memory.
"""

import base64
import hashlib
import hmac
import json
import os
import struct
import sys
import zlib

KEY, DATA, HEARTBEAT, CLOSE, KEY_COPY = 1, 2, 3, 4, 5
DEFLATED, HIDDEN = 1, 4
AEAD, HPKE = 1, 2


class Wrong(Exception):
    """The file is not as the format says."""


def check(condition, what):
    if not condition:
        raise Wrong(what)


# --- AES (FIPS 197) ---------------------------------------------------------------------------------------------------


def _times(a, b):
    """In GF(2^8) modulo x^8 + x^4 + x^3 + x + 1."""
    product = 0
    while b:
        if b & 1:
            product ^= a
        a = (a << 1) ^ (0x11B if a & 0x80 else 0)
        b >>= 1
    return product


def _s_box():
    box = []
    for byte in range(256):
        inverse = next((x for x in range(256) if _times(byte, x) == 1), 0)
        value = 0x63
        for turn in range(5):
            value ^= ((inverse << turn) | (inverse >> (8 - turn))) & 0xFF
        box.append(value)
    return box


S_BOX = _s_box()
S_BOX_BACK = [S_BOX.index(byte) for byte in range(256)]
TIMES = {factor: [_times(factor, byte) for byte in range(256)] for factor in (1, 2, 3, 9, 11, 13, 14)}


class Aes:
    def __init__(self, key):
        words = [list(key[i : i + 4]) for i in range(0, len(key), 4)]
        length, constant = len(words), 1
        rounds = length + 6
        while len(words) < 4 * (rounds + 1):
            word = list(words[-1])
            if len(words) % length == 0:
                word = [S_BOX[byte] for byte in word[1:] + word[:1]]
                word[0] ^= constant
                constant = _times(constant, 2)
            elif length > 6 and len(words) % length == 4:
                word = [S_BOX[byte] for byte in word]
            words.append([a ^ b for a, b in zip(word, words[-length])])
        self.keys = [sum(words[i : i + 4], []) for i in range(0, len(words), 4)]

    def encrypt(self, block):
        state = _xor(block, self.keys[0])
        for number, key in enumerate(self.keys[1:], 1):
            state = [S_BOX[byte] for byte in state]
            state = [state[(i + 4 * (i % 4)) % 16] for i in range(16)]
            if number < len(self.keys) - 1:
                state = _mix(state, (2, 3, 1, 1))
            state = _xor(state, key)
        return bytes(state)

    def decrypt(self, block):
        state = list(block)
        for number in range(len(self.keys) - 1, 0, -1):
            state = _xor(state, self.keys[number])
            if number < len(self.keys) - 1:
                state = _mix(state, (14, 11, 13, 9))
            state = [state[(i - 4 * (i % 4)) % 16] for i in range(16)]
            state = [S_BOX_BACK[byte] for byte in state]
        return bytes(_xor(state, self.keys[0]))


def _mix(state, row):
    mixed = []
    for column in range(0, 16, 4):
        for i in range(4):
            byte = 0
            for j in range(4):
                byte ^= TIMES[row[(j - i) % 4]][state[column + j]]
            mixed.append(byte)
    return mixed


def _xor(a, b):
    return [x ^ y for x, y in zip(a, b)]


# --- AES-GCM (NIST SP 800-38D) and AES-CBC with HMAC (RFC 7518) -------------------------------------------------------


def _ghash(h, data):
    digest = 0
    for at in range(0, len(data), 16):
        digest ^= int.from_bytes(data[at : at + 16], "big")
        product, factor = 0, h
        for bit in range(127, -1, -1):
            if digest >> bit & 1:
                product ^= factor
            factor = (factor >> 1) ^ (0xE1 << 120 if factor & 1 else 0)
        digest = product
    return digest.to_bytes(16, "big")


def _padded(data):
    return data + bytes(-len(data) % 16)


def gcm_open(key, nonce, sealed, bound):
    check(len(nonce) == 12 and len(sealed) >= 16, "too short for GCM")
    text, tag = sealed[:-16], sealed[-16:]
    aes = Aes(key)
    lengths = struct.pack(">QQ", 8 * len(bound), 8 * len(text))
    digest = _ghash(int.from_bytes(aes.encrypt(bytes(16)), "big"), _padded(bound) + _padded(text) + lengths)
    expected = bytes(_xor(digest, aes.encrypt(nonce + struct.pack(">I", 1))))
    check(hmac.compare_digest(expected, tag), "the tag is wrong")
    stream = b"".join(aes.encrypt(nonce + struct.pack(">I", 2 + i)) for i in range((len(text) + 15) // 16))
    return bytes(_xor(text, stream))


def cbc_hmac_open(key, sealed, bound):
    check(len(sealed) >= 16 + 16 + 32 and len(sealed) % 16 == 0, "not a number of blocks")
    rest, tag = sealed[:-32], sealed[-32:]
    code = hmac.new(key[:32], bound + rest + struct.pack(">Q", 8 * len(bound)), hashlib.sha512).digest()
    check(hmac.compare_digest(code[:32], tag), "the tag is wrong")
    aes, plain = Aes(key[32:]), b""
    for at in range(16, len(rest), 16):
        plain += bytes(_xor(aes.decrypt(rest[at : at + 16]), rest[at - 16 : at]))
    padding = plain[-1]
    check(1 <= padding <= 16 and plain.endswith(bytes([padding]) * padding), "the padding is wrong")
    return plain[:-padding]


# --- XChaCha20-Poly1305 (RFC 8439, draft-irtf-cfrg-xchacha) -----------------------------------------------------------

CHACHA = struct.unpack("<4I", b"expand 32-byte k")
QUARTERS = ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15), (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14))


def _chacha_rounds(state):
    x = list(state)
    for _ in range(10):
        for a, b, c, d in QUARTERS:
            for to, by, other, turn in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
                x[to] = (x[to] + x[by]) & 0xFFFFFFFF
                value = x[other] ^ x[to]
                x[other] = (value << turn | value >> (32 - turn)) & 0xFFFFFFFF
    return x


def _chacha_block(key, counter, nonce):
    state = CHACHA + struct.unpack("<8I", key) + (counter,) + struct.unpack("<3I", nonce)
    return struct.pack("<16I", *((a + b) & 0xFFFFFFFF for a, b in zip(_chacha_rounds(state), state)))


def _hchacha(key, nonce):
    x = _chacha_rounds(CHACHA + struct.unpack("<8I", key) + struct.unpack("<4I", nonce))
    return struct.pack("<8I", *(x[:4] + x[12:]))


def _poly1305(key, data):
    r = int.from_bytes(key[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    total = 0
    for at in range(0, len(data), 16):
        total = (total + int.from_bytes(data[at : at + 16] + b"\x01", "little")) * r % ((1 << 130) - 5)
    return ((total + int.from_bytes(key[16:], "little")) & ((1 << 128) - 1)).to_bytes(16, "little")


def xchacha_open(key, sealed, bound):
    check(len(sealed) >= 24 + 16, "too short for XChaCha20-Poly1305")
    nonce, text, tag = sealed[:24], sealed[24:-16], sealed[-16:]
    key, nonce = _hchacha(key, nonce[:16]), bytes(4) + nonce[16:]
    data = _padded(bound) + _padded(text) + struct.pack("<QQ", len(bound), len(text))
    check(hmac.compare_digest(_poly1305(_chacha_block(key, 0, nonce)[:32], data), tag), "the tag is wrong")
    stream = b"".join(_chacha_block(key, 1 + i, nonce) for i in range((len(text) + 63) // 64))
    return bytes(_xor(text, stream))


# --- HKDF (RFC 5869), X25519 (RFC 7748), HPKE (RFC 9180) --------------------------------------------------------------


def extract(salt, key):
    return hmac.new(salt, key, hashlib.sha256).digest()


def expand(key, info, length):
    out, block, number = b"", b"", 0
    while len(out) < length:
        number += 1
        block = hmac.new(key, block + info + bytes([number]), hashlib.sha256).digest()
        out += block
    return out[:length]


def x25519(scalar, point):
    p = (1 << 255) - 19
    k = int.from_bytes(scalar, "little") & ~7 & ((1 << 255) - 1) | 1 << 254
    x1 = int.from_bytes(point, "little") & ((1 << 255) - 1)
    x2, z2, x3, z3, swapped = 1, 0, x1, 1, 0
    for bit in range(254, -1, -1):
        if swapped != (k >> bit & 1):
            x2, z2, x3, z3 = x3, z3, x2, z2
            swapped ^= 1
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        aa, bb, da, cb = a * a, b * b, d * a, c * b
        e = aa - bb
        x3, z3 = (da + cb) ** 2 % p, x1 * (da - cb) ** 2 % p
        x2, z2 = aa * bb % p, e * (aa + 121665 * e) % p
    if swapped:
        x2, z2 = x3, z3
    return (x2 * pow(z2, p - 2, p) % p).to_bytes(32, "little")


def hpke_open(private, public, sealed, info):
    """Base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM; one message, without associated data."""
    encapsulated, text = sealed[:32], sealed[32:]

    def labeled_extract(suite, salt, label, key):
        return extract(salt, b"HPKE-v1" + suite + label + key)

    def labeled_expand(suite, key, label, context, length):
        return expand(key, struct.pack(">H", length) + b"HPKE-v1" + suite + label + context, length)

    kem = b"KEM" + struct.pack(">H", 0x0020)
    shared = labeled_extract(kem, b"", b"eae_prk", x25519(private, encapsulated))
    shared = labeled_expand(kem, shared, b"shared_secret", encapsulated + public, 32)
    suite = b"HPKE" + struct.pack(">HHH", 0x0020, 0x0001, 0x0002)
    context = b"\0" + labeled_extract(suite, b"", b"psk_id_hash", b"") + labeled_extract(suite, b"", b"info_hash", info)
    secret = labeled_extract(suite, shared, b"secret", b"")
    key = labeled_expand(suite, secret, b"key", context, 32)
    nonce = labeled_expand(suite, secret, b"base_nonce", context, 12)
    return gcm_open(key, nonce, text, b"")


# --- Tink's keysets ---------------------------------------------------------------------------------------------------


def _varint(data, at):
    value, shift = 0, 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def message(data):
    """The fields of a message of Protocol Buffers: numbers, and bytes."""
    fields, at = {}, 0
    while at < len(data):
        tag, at = _varint(data, at)
        value, at = _varint(data, at)
        check(tag & 7 in (0, 2), "a field of the keyset is neither a number nor bytes")
        if tag & 7 == 2:
            value, at = data[at : at + value], at + value
        fields[tag >> 3] = value
    return fields


class Keyset:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.keys = [key for key in json.load(file)["key"] if key["status"] == "ENABLED"]

    def unwrap(self, mode, wrapped, context):
        """None if no key opens it."""
        for key in self.keys:
            prefix = b"\x01" + struct.pack(">I", key["keyId"]) if key["outputPrefixType"] == "TINK" else b""
            if wrapped.startswith(prefix):
                try:
                    secret = self._open(mode, key["keyData"], wrapped[len(prefix) :], context)
                except Wrong:
                    continue
                if secret is not None:
                    return secret
        return None

    @staticmethod
    def _open(mode, data, sealed, context):
        kind, fields = data["typeUrl"].rsplit(".", 1)[1], message(base64.b64decode(data["value"]))
        if mode == AEAD and kind == "AesGcmKey":
            return gcm_open(fields[3], sealed[:12], sealed[12:], context)
        if mode == HPKE and kind == "HpkePrivateKey":
            public = message(fields[2])
            check(message(public[2]) == {1: 1, 2: 1, 3: 2}, "another HPKE than that of X25519 and AES-256-GCM")
            return hpke_open(fields[3], public[3], sealed, context)
        return None


# --- The format -------------------------------------------------------------------------------------------------------


def _crc_table():
    table = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0x82F63B78 if byte & 1 else 0)
        table.append(byte)
    return table


CRC = _crc_table()


def crc(data):
    value = 0xFFFFFFFF
    for byte in data:
        value = CRC[(value ^ byte) & 0xFF] ^ value >> 8
    return value ^ 0xFFFFFFFF


def sha256(data):
    return hashlib.sha256(data).digest()


def root(entries):
    """RFC 6962, section 2.1."""
    if not entries:
        return sha256(b"")
    if len(entries) == 1:
        return sha256(b"\0" + entries[0])
    left = 1 << (len(entries) - 1).bit_length() - 1
    return sha256(b"\1" + root(entries[:left]) + root(entries[left:]))


class Header:
    """Of a file."""

    BYTES = 64

    def __init__(self, data):
        check(len(data) >= self.BYTES, "the file is shorter than its header")
        data = data[: self.BYTES]
        magic, major, _, length, self.file, self.stream, self.sequence, _, found = struct.unpack("<8sHHI16s16sQII", data)
        check(magic == b"INKELOG\n", "this is no encrypted log")
        check(found == crc(data[:60]), "the CRC of the file's header is wrong")
        check(major == 1 and length == self.BYTES, "the version is %d" % major)
        self.data = data


class Frame:
    HEADER = struct.Struct("<4sBBHQQQIIII")

    def __init__(self, data, at):
        self.header = data[at : at + 48]
        check(len(self.header) == 48, "the file ends in a frame's header, at %d" % at)
        (marker, self.type, self.flags, self.session, self.number, self.first, self.last, self.events, length,
         self.plain_bytes, found) = self.HEADER.unpack(self.header)
        check(marker == b"\xe1FR\x1e", "there is no frame at %d" % at)
        check(found == crc(self.header[:44]), "the CRC of the header at %d is wrong" % at)
        check(length <= 16 << 20 and self.plain_bytes <= 64 << 20, "the frame at %d is too large" % at)
        self.end = at + 48 + length + 8
        check(self.end <= len(data), "the file ends in the frame at %d" % at)
        self.data = data[at : self.end]
        self.body = data[at + 48 : at + 48 + length]
        found, again = struct.unpack("<II", self.data[-8:])
        check(again == length and found == crc(self.body), "the body of the frame at %d is damaged" % at)

    def entry(self):
        return self.header + (self.body if self.type in (KEY, KEY_COPY) else self.body[-32:])


class Session:
    def __init__(self, file, frame, keyset, rewrapped):
        fields, at = {}, 0
        while at < len(frame.body):
            kind, length = struct.unpack_from("<HI", frame.body, at)
            check(at + 6 + length <= len(frame.body), "a field of the KEY frame is too long")
            fields[kind] = frame.body[at + 6 : at + 6 + length]
            at += 6 + length
        check(fields[1] == file.data, "the session belongs to another file")
        self.earlier = fields.get(7)
        number = struct.pack("<H", frame.session)
        context = b"INKELOG1 key" + file.file + file.stream + number
        secret = keyset.unwrap(fields[3][0], fields[5], context)
        other = rewrapped.get((file.file.hex(), frame.session))
        if secret is None and other is not None:
            secret = keyset.unwrap(*other, context)
        check(secret is not None, "the keyset does not open session %d" % frame.session)
        key = expand(secret, b"inkelog1 commit", 32)
        commitment = hmac.new(key, b"commit" + file.file + number, hashlib.sha256).digest()
        check(hmac.compare_digest(commitment, fields[6]), "the commitment is wrong")
        (self.suite,) = struct.unpack("<H", fields[2])
        self.key = expand(secret, b"inkelog1 frames" + fields[2], 64 if self.suite == 4 else 32)
        self.bound = b"INKELOG1\0" + file.file + file.stream + struct.pack("<Q", file.sequence) + sha256(frame.data)
        self.key_frame = frame.data

    def open(self, frame):
        bound = self.bound + frame.header[:44]
        if self.suite == 1:
            plain = gcm_open(self.key, frame.body[:12], frame.body[12:], bound)
        elif self.suite == 3:
            plain = xchacha_open(self.key, frame.body, bound)
        elif self.suite == 4:
            plain = cbc_hmac_open(self.key, frame.body, bound)
        else:
            raise Wrong("suite %d is not known" % self.suite)
        if frame.flags & DEFLATED:
            plain = zlib.decompressobj(-15).decompress(plain, frame.plain_bytes)
        check(len(plain) == frame.plain_bytes, "frame %d is not as long as it says" % frame.number)
        return plain


class Decoder:
    def __init__(self, data, keyset, rewrapped):
        self.data, self.keyset, self.rewrapped = data, keyset, rewrapped
        self.file = Header(data)
        self.sessions, self.entries, self.text = [], [], []
        self.events = self.bytes = 0
        self.closed = False

    def decode(self):
        at = Header.BYTES
        while at < len(self.data):
            frame = Frame(self.data, at)
            check(frame.number == len(self.entries), "frame %d stands in the wrong place" % frame.number)
            self.take(frame)
            self.entries.append(frame.entry())
            at = frame.end
        check(self.closed, "the file was not closed")
        return b"".join(self.text)

    def take(self, frame):
        self.closed = frame.type == CLOSE
        if frame.type == KEY:
            check(frame.session == len(self.sessions), "session %d stands in the wrong place" % frame.session)
            session = Session(self.file, frame, self.keyset, self.rewrapped)
            self.check_earlier(session)
            self.sessions.append(session)
            return
        check(frame.session == len(self.sessions) - 1, "frame %d belongs to no session" % frame.number)
        session = self.sessions[-1]
        if frame.type == KEY_COPY:
            check(b"\xe1FR\x1e" + frame.body == session.key_frame, "the copy of the session's key is another one")
        elif frame.type == DATA:
            self.take_data(frame, session.open(frame))
        elif frame.type in (HEARTBEAT, CLOSE):
            self.check_totals(frame, session.open(frame))
        else:
            raise Wrong("type %d is not known" % frame.type)

    def take_data(self, frame, plain):
        self.events += frame.events
        self.bytes += len(plain)
        if frame.flags & HIDDEN:
            check((frame.first, frame.last, frame.events) == (0, 0, 0), "the times are not hidden")
            plain = plain[20:]
        self.text.append(plain)

    def check_earlier(self, session):
        check((session.earlier is None) == (not self.sessions), "the sessions before are told of in the first one only")
        if session.earlier is not None:
            last, digest, _ = struct.unpack("<Q32sQ", session.earlier)
            check(last == len(self.entries) - 1, "the session does not follow the frame before")
            check(digest == root(self.entries), "the frames before the session are others")

    def check_totals(self, frame, plain):
        frames, events, length, digest, reason, _ = struct.unpack("<QQQ32sB16s", plain)
        check(frames == frame.number and digest == root(self.entries), "the frames before the totals are others")
        check(events == self.events and length == self.bytes, "the totals are wrong")
        check(reason in ((1, 2) if frame.type == CLOSE else (0,)), "the reason is wrong")


def rewrapped(path):
    secrets = {}
    if os.path.exists(path):
        with open(path, encoding="ascii") as file:
            for line in file.read().splitlines():
                magic, log, session, mode, _, secret = line.split(" ")
                check(magic == "INKELOGKEY1", "a line of the keys beside the file is none")
                secrets[log, int(session)] = int(mode), base64.b64decode(secret)
    return secrets


def main(keyset, log):
    try:
        with open(log, "rb") as file:
            data = file.read()
        sys.stdout.buffer.write(Decoder(data, Keyset(keyset), rewrapped(log + ".key")).decode())
        return 0
    except Wrong as wrong:
        print(wrong, file=sys.stderr)
        return 1


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: decode_elog.py KEYSET.json FILE.elog")
    sys.exit(main(*sys.argv[1:]))

"""DER (ITU-T X.690) as far as keys and signatures need it: strict, definite, short forms. Pure."""

INTEGER, BITS, OCTETS, NAME, SEQUENCE = 0x02, 0x03, 0x04, 0x06, 0x30


class Malformed(ValueError):
    """Bytes that are not DER, or not of the shape asked for."""


def elements(data: bytes) -> list[tuple[int, bytes]]:
    """The elements that stand one after another, each as (tag, content); nothing may be left over."""
    found, at = [], 0
    while at < len(data):
        tag, content, at = _element(data, at)
        found.append((tag, content))
    return found


def inside(data: bytes, tag: int) -> bytes:
    """The content of the one element of this tag that the bytes are."""
    match elements(data):
        case [(found, content)] if found == tag:
            return content
    raise Malformed("not one element of the tag asked for")


def number(content: bytes) -> int:
    """The content of an INTEGER as a number that is not negative, written in as few bytes as can be."""
    if not content or content[0] & 0x80 or (content[0] == 0 and len(content) > 1 and not content[1] & 0x80):
        raise Malformed("not a number in its shortest form")
    return int.from_bytes(content)


def signature(data: bytes, size: int = 32) -> bytes:
    """The two numbers of a signature of ECDSA or SM2 (SEQUENCE of two INTEGER), `size` bytes each, end to end."""
    match elements(inside(data, SEQUENCE)):
        case [(2, r), (2, s)]:
            first, second = number(r), number(s)
            if max(first, second) >> (8 * size):
                raise Malformed("a number is too large")
            return first.to_bytes(size) + second.to_bytes(size)
    raise Malformed("not a signature of two numbers")


def written(tag: int, *contents: bytes) -> bytes:
    """One element, its contents put one after another."""
    content = b"".join(contents)
    length = bytes([len(content)])
    if len(content) > 0x7F:
        size = (len(content).bit_length() + 7) // 8
        length = bytes([0x80 | size]) + len(content).to_bytes(size)
    return bytes([tag]) + length + content


def _element(data: bytes, at: int) -> tuple[int, bytes, int]:
    if len(data) - at < 2 or data[at] & 0x1F == 0x1F:
        raise Malformed("cut off, or a tag of many bytes")
    length, start = data[at + 1], at + 2
    if length > 0x7F:
        size = length & 0x7F
        length = int.from_bytes(data[start : start + size])
        if size not in (1, 2) or len(data) < start + size or length < max(0x80, 1 << (8 * (size - 1))):
            raise Malformed("a length not in its shortest form")
        start += size
    if len(data) - start < length:
        raise Malformed("cut off")
    return data[at], data[start : start + length], start + length

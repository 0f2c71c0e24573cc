"""Signing with SM2 by the machine's own libcrypto (OpenSSL 3), which reckons with private numbers in constant time.

Python's libraries do not sign with SM2. Where the machine has no such libcrypto, `Unavailable` says so; signatures are
checked without it.
"""

import ctypes
import weakref
from ctypes import POINTER, byref, c_char_p, c_int, c_long, c_size_t, c_ubyte, c_void_p
from functools import cache

from zhongshu.base.crypto import der
from zhongshu.base.crypto.sm import keys, sm2

_NAMES = ("libcrypto.so.3", "libcrypto.3.dylib", "libcrypto-3-x64.dll")  # by version: macOS kills who asks for another
_BYTES = POINTER(c_ubyte)
_FUNCTIONS = {
    "d2i_AutoPrivateKey": (c_void_p, c_void_p, POINTER(c_char_p), c_long),
    "i2d_PUBKEY": (c_int, c_void_p, POINTER(_BYTES)),
    "i2d_PrivateKey": (c_int, c_void_p, POINTER(_BYTES)),
    "EVP_PKEY_Q_keygen": (c_void_p, c_void_p, c_char_p, c_char_p),
    "EVP_PKEY_free": (None, c_void_p),
    "EVP_PKEY_CTX_new": (c_void_p, c_void_p, c_void_p),
    "EVP_PKEY_CTX_set1_id": (c_int, c_void_p, c_char_p, c_size_t),
    "EVP_PKEY_CTX_free": (None, c_void_p),
    "EVP_MD_CTX_new": (c_void_p,),
    "EVP_MD_CTX_set_pkey_ctx": (None, c_void_p, c_void_p),
    "EVP_MD_CTX_free": (None, c_void_p),
    "EVP_sm3": (c_void_p,),
    "EVP_DigestSignInit": (c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p),
    "EVP_DigestSign": (c_int, c_void_p, c_char_p, POINTER(c_size_t), c_char_p, c_size_t),
}


class Unavailable(Exception):
    """The machine's libcrypto is missing, older than OpenSSL 3, or made without SM2."""


class Signer:
    """Signs with one private key; any number of threads may ask at once."""

    def __init__(self, private: int) -> None:
        """Unavailable where the machine cannot sign with SM2."""
        self._library = _library()
        data = keys.private_der(private)
        self._key = self._library.d2i_AutoPrivateKey(None, byref(c_char_p(data)), len(data))
        if not self._key:
            raise Unavailable("libcrypto does not take a key of SM2")
        weakref.finalize(self, self._library.EVP_PKEY_free, self._key)
        self.public = keys.public(_encoded(self._library.i2d_PUBKEY, self._key))

    def sign(self, message: bytes, user: bytes = sm2.USER) -> bytes:
        """The signature as r and s, 32 bytes each."""
        library = self._library
        about, context = library.EVP_PKEY_CTX_new(self._key, None), library.EVP_MD_CTX_new()
        try:
            _must(bool(about and context))
            _must(library.EVP_PKEY_CTX_set1_id(about, user, len(user)))
            library.EVP_MD_CTX_set_pkey_ctx(context, about)
            _must(library.EVP_DigestSignInit(context, None, library.EVP_sm3(), None, self._key))
            size, found = c_size_t(80), ctypes.create_string_buffer(80)  # DER of two numbers of 32 bytes is 72 at most
            _must(library.EVP_DigestSign(context, found, byref(size), message, len(message)))
        finally:
            library.EVP_MD_CTX_free(context)
            library.EVP_PKEY_CTX_free(about)
        return der.signature(found.raw[: size.value])


def new_private() -> int:
    """A new private key, by libcrypto's own chance; Unavailable where there is none."""
    library = _library()
    made = library.EVP_PKEY_Q_keygen(None, None, b"SM2")
    if not made:
        raise Unavailable("libcrypto makes no keys of SM2")
    try:
        return keys.private(_encoded(library.i2d_PrivateKey, made))
    finally:
        library.EVP_PKEY_free(made)


def is_available() -> bool:
    """Whether this machine signs with SM2."""
    try:
        new_private()
    except Unavailable:
        return False
    return True


@cache
def _library() -> ctypes.CDLL:
    for name in _NAMES:
        try:
            library = ctypes.CDLL(name)
            for function, (answer, *arguments) in _FUNCTIONS.items():
                found = getattr(library, function)
                found.restype, found.argtypes = answer, arguments
        except (OSError, AttributeError):
            continue
        return library
    raise Unavailable("no libcrypto of OpenSSL 3 on this machine")


def _encoded(encode: "ctypes._NamedFuncPointer", key: int) -> bytes:
    """What one of libcrypto's encoders writes: asked first how much, then to write."""
    size = encode(key, None)
    _must(size)
    buffer = (c_ubyte * size)()
    encode(key, byref(ctypes.cast(buffer, _BYTES)))
    return bytes(buffer)


def _must(answer: int) -> None:
    if answer <= 0:
        raise Unavailable("libcrypto refused to sign with SM2")

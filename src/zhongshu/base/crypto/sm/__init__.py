"""The state's algorithms: SM3 (GB/T 32905) and SM2 signatures (GB/T 32918).

`libcrypto` signs > `sm2` checks signatures | `keys` reads keys > `curve` reckons | `sm3` digests.
"""

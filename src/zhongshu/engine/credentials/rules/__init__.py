"""What a code says and who signed it, decided from the bytes alone.

`codes` issues and verifies texts, `drawing` shows them > `status` revoked ones > `claims` what is said | `keys` who may
sign > `cose` the signed envelope > `algorithms` | `cbor` strict reading | `base45`; all refuse by `faults`.
"""

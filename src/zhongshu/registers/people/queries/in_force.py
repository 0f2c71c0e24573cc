"""Whether a grant counts at a moment, for statements that read grants themselves."""

_LOCAL = "(%(at)s::timestamptz AT TIME ZONE 'Asia/Shanghai')"
_MINUTE = f"floor(extract(epoch FROM {_LOCAL} - date_trunc('week', {_LOCAL})) / 60)::int"
IN_FORCE = f"""g.purpose = '' AND g.starts <= %(at)s AND (g.ends IS NULL OR g.ends > %(at)s)
AND (cardinality(g.hours) = 0 OR mod(width_bucket({_MINUTE}, g.hours), 2) = 1)"""
"""Of a grant `g`: whether it counts at `%(at)s` for who states no purpose, as `Grant.holds` says."""

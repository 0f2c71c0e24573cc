"""Where people may come from already known: other providers, and telephones."""

import uuid_utils.compat
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from zhongshu.registers.people.models import Account


class Source(models.Model):
    """A place that says who somebody is: an OpenID provider, WeChat, or a code sent to their telephone.

    `opens` is the kind of account a newcomer gets; empty, only linked accounts come in. `trusted` are the values of
    its level claim that mean: name and identity number were checked.
    """

    class Kind(models.TextChoices):
        OPENID = "openid", "OpenID Connect"
        WECHAT = "wechat", "微信"
        PHONE = "phone", "短信验证码"

    code = models.SlugField(primary_key=True, max_length=40, db_column="id")
    kind = models.TextField(choices=Kind.choices)
    name = models.TextField()
    name_en = models.TextField()
    issuer = models.TextField(blank=True)
    client = models.TextField(blank=True)
    secret_sealed = models.TextField(blank=True)
    scopes = models.TextField(default="openid profile", blank=True)
    claims = models.JSONField(default=dict)
    trusted = ArrayField(models.TextField(), default=list)
    opens = models.TextField(blank=True)
    added = models.DateTimeField()
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        db_table = "identity_source"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["openid", "wechat", "phone"]), name="source_kind"),
            models.CheckConstraint(condition=Q(opens__in=["", "resident", "firm"]), name="source_opens"),
            models.CheckConstraint(
                condition=Q(kind="phone") | (~Q(issuer="") & ~Q(client="")), name="source_openid_whole"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Link(models.Model):
    """An account as a source knows it: whoever proves to be this subject there is this account here."""

    id = models.UUIDField(primary_key=True, default=uuid_utils.compat.uuid7, editable=False)
    source = models.ForeignKey(Source, models.PROTECT, related_name="links")
    subject = models.TextField()
    account = models.ForeignKey(Account, models.PROTECT, related_name="links")
    made = models.DateTimeField()

    class Meta:
        db_table = "identity_link"
        constraints = [
            models.UniqueConstraint(fields=["source", "subject"], name="link_subject_once"),
            models.UniqueConstraint(fields=["source", "account"], name="link_account_once"),
        ]


class Visit(models.Model):
    """A session of ours that began at a source, so that the source can end it. No token is kept, only the names."""

    session = models.UUIDField(primary_key=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="visits")
    subject = models.TextField()
    sid = models.TextField(blank=True)
    account = models.UUIDField()
    began = models.DateTimeField()

    class Meta:
        db_table = "identity_visit"
        indexes = [models.Index(fields=["source", "subject"], name="visit_subject")]


class LogoutSeen(models.Model):
    """A logout notice that was heard, so that it is heard once."""

    source = models.ForeignKey(Source, models.CASCADE)
    jti = models.BinaryField(max_length=32)
    heard = models.DateTimeField()

    class Meta:
        db_table = "identity_logout_seen"
        constraints = [models.UniqueConstraint(fields=["source", "jti"], name="logout_seen_once")]
        indexes = [models.Index(fields=["heard"], name="logout_seen_heard")]


class PhoneCode(models.Model):
    """The one living code of a telephone. Neither is readable: the number is a mark, the code a keyed hash."""

    phone = models.BinaryField(primary_key=True, max_length=32)
    digest = models.BinaryField(max_length=32)
    sent = models.DateTimeField()
    tries = models.IntegerField(default=0)

    class Meta:
        db_table = "identity_phone_code"
        indexes = [models.Index(fields=["sent"], name="phone_code_sent")]

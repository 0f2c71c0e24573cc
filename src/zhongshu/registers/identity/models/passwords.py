"""When passwords were set, and the codes that let an official set the first one."""

from django.db import models

from zhongshu.registers.people.models import Account


class PasswordSet(models.Model):
    """When an account's password was last set; without a row, when it was opened."""

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="password_set")
    at = models.DateTimeField()

    class Meta:
        db_table = "identity_password_set"


class StartCode(models.Model):
    """A code an administrator hands to an official, who sets a password with it and begins anew. Once, for a day."""

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="start_code")
    mark = models.BinaryField(max_length=32)
    given_by = models.UUIDField()
    expires = models.DateTimeField()

    class Meta:
        db_table = "identity_start_code"

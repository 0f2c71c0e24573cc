"""Destroyed data is looked for in every column of every table, in files and in jobs."""

import json
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.base.journal import queries as journal
from zhongshu.engine.cases.models import Case, Contact
from zhongshu.engine.messages import actions as messages
from zhongshu.engine.ratings.models import Rating
from zhongshu.registers.documents import doors as store
from zhongshu.registers.documents import queries as documents
from zhongshu.registers.documents.rules import keys
from zhongshu.registers.documents.tests.pictures import jpeg
from zhongshu.registers.people.models import Account, Person
from zhongshu.registers.privacy import doors
from zhongshu.registers.privacy.actions import destroying, remains, requests, retaining
from zhongshu.registers.privacy.models import Remains, Request
from zhongshu.registers.privacy.queries import certificates, kept
from zhongshu.registers.privacy.rules import certificates as rules

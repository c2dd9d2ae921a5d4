"""The maps of the register: what each picture says, its still drawings and the shapes of the live map."""

from collections.abc import Callable
from datetime import date
from functools import partial

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from waywarden.arrangements.register.caching import unless_unchanged
from waywarden.arrangements.register.forms import AsOf
from waywarden.county.places import drawing, tinting
from waywarden.county.places import queries as places
from waywarden.county.places.drawing import Label, Outline, Picture, Shape
from waywarden.county.places.models import Area
from waywarden.county.services import queries as catalogue
from waywarden.county.services.models import Quantity, Service
from waywarden.fabric.journal import queries as journal

APPROXIMATE = "Parish shapes are approximate and are not legal boundaries."
SHEETS = {"wide": drawing.TALL, "phone": drawing.TALL_PHONE}

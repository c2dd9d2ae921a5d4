"""Words that try to run: planted in every text field there is (AB23)."""

from itertools import count

from django.apps import apps
from django.db import IntegrityError, models, transaction

from waywarden.fabric.common.subjects import Actor, Subject
from waywarden.fabric.journal import actions as journal

#: What sets this in a page has run.
MARK = "ranHere"
RUN = f"window.{MARK}=1"
CORPUS = (
    f"<script>{RUN}</script>",
    f'"><img src=x onerror="{RUN}">',
    f"'><svg onload='{RUN}'>",
    f"</title></textarea></style><script>{RUN}</script>",
    f"]]><script>{RUN}</script>",
    f"<svg><a xlink:href='javascript:{RUN}'><text>x</text></a></svg>",
    f"javascript:{RUN}//",
    f'" autofocus onfocus="{RUN}" x="',
    "{{ 7|add:7 }}{% debug %}",
    f"\\u003cscript\\u003e{RUN}",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"<iframe srcdoc='<script>parent.{MARK}=1</script>'>",
    f'<a href="jav\tascript:{RUN}">x</a>',
)
#: Fields that hold no words, but what the program itself needs to find things by.
STRUCTURE = {"key", "code", "hash", "password", "email", "unit", "fingerprint", "sha256"}
STRUCTURE |= {"media_type", "reference"}


def text_fields(model: type[models.Model]) -> list[models.Field]:
    """List the fields of a model in which somebody may have written words."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and not field.unique
        and field.name not in STRUCTURE
        and not field.name.endswith(("_key", "_hash", "_kind"))
    ]


def plant() -> list[str]:
    """Write the corpus into every text field of every row; name the fields that took it."""
    number, planted = count(), set()
    for model in apps.get_models():
        if not model.__module__.startswith("waywarden.") or model._meta.app_label == "journal":
            continue
        for row in model._base_manager.order_by("pk")[:60]:
            for field in text_fields(model):
                if _take(row, field, next(number)):
                    planted.add(f"{model._meta.label}.{field.name}")
    _write_in_journal()
    return sorted(planted)


def _take(row: models.Model, field: models.Field, number: int) -> bool:
    """Put a hostile text into a field, if its constraints let it in."""
    fitting = [text for text in CORPUS if len(text) + 5 <= (field.max_length or 10_000)]
    if not fitting:
        return False
    text = f"{fitting[number % len(fitting)]} {number}"
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**{field.name: text})
    except IntegrityError:
        return False
    return True


def _write_in_journal() -> None:
    """Write lines whose words try to run; every page is drawn anew after them."""
    with transaction.atomic():
        for number, text in enumerate(CORPUS):
            journal.write(
                by=Actor(f"person-{number}", text),
                did=text[:200],
                to=Subject("place", "coldbrook-marlshire", "/places/coldbrook-marlshire/"),
                before={"name": text},
                after={text: text},
                reason=text,
            )

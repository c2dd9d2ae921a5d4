from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class People(BaseUserManager["Person"]):
    """Makes the records of people who sign in."""

    def create_user(
        self, email: str, shown_as: str, password: str | None = None, **more: Any
    ) -> "Person":
        """Record a person who may sign in; without a password they sign in by link or passkey."""
        person = self.model(email=self.normalize_email(email), shown_as=shown_as, **more)
        person.set_password(password)
        person.save()
        return person

    def get_by_natural_key(self, email: str | None) -> "Person":
        return self.get(email__iexact=email)


class Person(AbstractBaseUser):
    """Somebody who signs in. What they may do follows from the offices they hold."""

    email = models.EmailField(unique=True)
    shown_as = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["shown_as"]

    class Meta:
        verbose_name_plural = "people"
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_for_each_email")]

    def __str__(self) -> str:
        return self.shown_as

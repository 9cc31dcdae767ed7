"""Ministries and the people who work for them: as data, over time."""

from datetime import date

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, Group
from django.db import models
from django.db.models import Q

from cases.rights import Role


class Ministry(models.Model):
    """A ministry that may take part in a dossier. Its name may change; its code stays."""

    code = models.SlugField(max_length=10, unique=True)
    in_smo = models.BooleanField(default=False, help_text="Neemt deel aan de Stuurgroep Missies en Operaties.")
    order = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        """The name of today; falls back on the code."""
        return self.name_on(date.today())

    def name_on(self, day: date) -> str:
        """The name that the ministry carried on a day (V&J became JenV)."""
        fitting = [n for n in self.names.all() if n.start <= day and (n.end is None or day < n.end)]
        return fitting[0].name if fitting else self.code


class MinistryName(models.Model):
    """What a ministry was called from `start` up to, not including, `end`."""

    ministry = models.ForeignKey(Ministry, models.CASCADE, related_name="names")
    name = models.CharField(max_length=120)
    start = models.DateField()
    end = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-start"]


class UserManager(BaseUserManager):
    def create_user(self, username: str, password: str | None = None, **fields) -> "User":
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """A person. What someone may do follows from memberships, never from a flag on the person."""

    username = models.CharField(max_length=60, unique=True)
    email = models.EmailField(blank=True)
    initials = models.CharField(max_length=20, blank=True)
    particle = models.CharField(max_length=20, blank=True)
    surname = models.CharField(max_length=80)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["surname"]
    objects = UserManager()

    class Meta:
        ordering = ["surname", "initials"]

    def __str__(self) -> str:
        return " ".join(part for part in (self.initials, self.particle, self.surname) if part)

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Nobody has anything by Django's own permissions: cases.access decides."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


class Membership(models.Model):
    """Someone holds a role, for one ministry or across ministries, in a period; possibly as deputy of someone else."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    ministry = models.ForeignKey(Ministry, models.PROTECT, null=True, blank=True, related_name="memberships")
    role = models.CharField(max_length=30, choices=Role.choices)
    group = models.ForeignKey(Group, models.PROTECT, editable=False)
    deputy_for = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="deputies")
    start = models.DateField()
    end = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["ministry__order", "role"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=models.F("start")), name="membership_period"
            ),
            models.CheckConstraint(
                condition=(Q(role__in=Role.across()) & Q(ministry__isnull=True))
                | (~Q(role__in=Role.across()) & Q(ministry__isnull=False)),
                name="membership_ministry_fits_role",
            ),
        ]

    def save(self, *args, **kwargs) -> None:
        self.group, _ = Group.objects.get_or_create(name=group_name(self.ministry, self.role))
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        role = Role(self.role).label
        return f"{role} {self.ministry.code}" if self.ministry else role


def group_name(ministry: Ministry | None, role: str) -> str:
    """The name of the guardian group of a ministry × role, e.g. "BZ:behandelaar"."""
    return f"{ministry.code if ministry else '*'}:{role}"

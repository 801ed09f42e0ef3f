"""People, bodies and offices for tests."""

import factory
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from ecluster.accounts.models import Appointment, Body, User
from ecluster.accounts.permissions import Role

PASSWORD = "a good long password"
SECRET = "JBSWY3DPEHPK3PXP"  # of the second factor


class UserFactory(factory.django.DjangoModelFactory):
    """A person whose address is verified and whose password is PASSWORD."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name_ko = factory.Sequence(lambda n: f"김철수{n}")
    name_en = factory.Sequence(lambda n: f"Kim Chulsoo {n}")
    language = "en"
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def verified(self, create, extracted, **kwargs):
        if extracted is not False:
            EmailAddress.objects.create(user=self, email=self.email, primary=True, verified=True)


class BodyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Body

    kind = Body.Kind.AGENCY_TEAM
    name_ko = factory.Sequence(lambda n: f"추진단 {n}팀")
    name_en = factory.Sequence(lambda n: f"Agency team {n}")


class AppointmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Appointment

    user = factory.SubFactory(UserFactory)
    body = factory.SubFactory(BodyFactory)
    office = Role.COORDINATOR


def second_factor(user: User) -> Authenticator:
    """What an office with power over others must have before anything else (demo installations aside)."""
    return Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": SECRET})


def office_holder(office: Role, body: Body | None = None, **facts) -> User:
    """A person in office from today on, second factor set up."""
    user = UserFactory(**facts)
    AppointmentFactory(user=user, office=office, body=body or BodyFactory())
    second_factor(user)
    return user


def administrator(**facts) -> User:
    return office_holder(Role.ADMINISTRATOR, **facts)

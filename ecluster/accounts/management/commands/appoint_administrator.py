"""`manage.py appoint_administrator EMAIL`: the first administrator of a new installation."""

import sys
from getpass import getpass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from ecluster.accounts.actions.founding import appoint_first_administrator


class Command(BaseCommand):
    help = "Makes the first administrator; the password is asked for, or read from standard input."

    def add_arguments(self, parser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="")

    def handle(self, *args, email: str, name: str, **options) -> None:
        password = getpass("Password: ") if sys.stdin.isatty() else input()
        try:
            validate_password(password)
            user = appoint_first_administrator(email=email, name=name, password=password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{user.email} is administrator. Sign in and set up a second factor.")

"""What machines are told: the process lives; it can serve, or what it lacks."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from ecluster.tasks.models import Heartbeat

ALL_WELL = {"database": True, "migrations": True, "storage": True, "worker": True}


def answer(client) -> tuple[int, dict]:
    response = client.get("/readyz")
    return response.status_code, response.json()


def test_the_process_answers_without_asking_the_database(client):
    """Without the `db` mark, a query would fail this test."""
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
class TestReady:
    @pytest.fixture(autouse=True)
    def worker(self):
        return Heartbeat.objects.create(worker_id="w1")

    def test_all_is_well(self, client):
        assert answer(client) == (200, ALL_WELL)

    def test_a_worker_that_fell_silent(self, client):
        Heartbeat.objects.update(beat_at=timezone.now() - timedelta(minutes=2))
        assert answer(client) == (503, ALL_WELL | {"worker": False})

    def test_a_migration_that_was_not_applied(self, client):
        MigrationRecorder(connection).record_unapplied("tasks", "0001_initial")
        assert answer(client) == (503, ALL_WELL | {"migrations": False})

    def test_a_storage_that_cannot_be_written(self, client, settings, tmp_path):
        (tmp_path / "file").touch()
        settings.MEDIA_ROOT = tmp_path / "file" / "below"
        assert answer(client) == (503, ALL_WELL | {"storage": False})


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_is_told_and_no_more(client, settings):
    connection.close()
    name, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], "/nowhere/at/all"
    try:
        status, told = answer(client)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name
    assert (status, told) == (503, {"database": False, "migrations": False, "storage": True, "worker": False})

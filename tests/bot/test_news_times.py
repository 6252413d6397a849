"""When news may arrive: on a working day, between nine and six where the reader is."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.news import next_waking_hour

ZONES = sorted(zone for zone in available_timezones() if "/" in zone)


@pytest.mark.parametrize(
    ("at", "zone", "due"),
    [
        ("2026-11-23T10:00", "Europe/Madrid", "2026-11-23T10:00"),
        ("2026-11-23T07:10", "Europe/Madrid", "2026-11-23T09:00"),
        ("2026-11-23T19:00", "Europe/Madrid", "2026-11-24T09:00"),
        ("2026-11-27T18:00", "Europe/Madrid", "2026-11-30T09:00"),
        ("2026-11-28T12:00", "Asia/Tokyo", "2026-11-30T09:00"),
        ("2026-03-27T20:00", "Europe/Berlin", "2026-03-30T09:00"),
    ],
)
def test_news_waits_for_a_waking_hour(at: str, zone: str, due: str) -> None:
    local = ZoneInfo(zone)
    moment = datetime.fromisoformat(at).replace(tzinfo=local).astimezone(UTC)
    assert next_waking_hour(moment, zone).astimezone(local).replace(tzinfo=None) == datetime.fromisoformat(due)


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2036, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis adds the zone
    st.sampled_from(ZONES),
)
def test_in_every_zone_it_is_a_working_hour_and_soon(at: datetime, zone: str) -> None:
    due = next_waking_hour(at, zone)
    local = due.astimezone(ZoneInfo(zone))
    assert local.weekday() < 5
    assert 9 <= local.hour < 18
    assert timedelta(0) <= due - at < timedelta(days=4)

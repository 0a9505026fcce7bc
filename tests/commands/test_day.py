"""``chairtime day``: every session of a day with where it stands, what is left over, the totals, the lock."""

from __future__ import annotations

from pathlib import Path

from tests.commands.program import Json, chairtime, log, play
from tests.commands.touches import DAY, VISIT

NEXT = "2026-03-03"
WHO = {"mrn": "0004822", "initials": "A.M.", "timezone": "America/New_York"}


def at_chair(chair: str, do: str, at: str, day: str = DAY, **more: object) -> Json:
    return {"at": f"{day}T{at}", "chair": chair, "do": do, **more}


CLEAR = (
    at_chair("5", "seat", "09:00", **WHO),
    at_chair("5", "start", "09:10", service="a", drug="ceftriaxone", category="therapeutic"),
    at_chair("5", "end", "10:00"),
    at_chair("6", "seat", "09:00", **WHO | {"mrn": "0004823"}),
    at_chair("6", "end", "09:30"),
    at_chair("6", "hold", "09:31", reason="the order is unclear"),
    at_chair("7", "seat", "09:00", **WHO | {"mrn": "0004824"}),
    at_chair("8", "seat", "09:00", **WHO | {"mrn": "0004825"}),
    at_chair("8", "undo", "09:01"),
)


def day(data: Path, *arguments: object) -> list[Json]:
    done = chairtime("day", "--data-dir", data, "--json", *arguments)
    assert done.status == 0, done.err
    return done.answers


def test_each_session_of_the_day_is_a_line_and_the_last_line_is_the_day(tmp_path: Path) -> None:
    play(tmp_path, *VISIT, *CLEAR)
    *listed, whole = day(tmp_path, DAY)
    assert [(one["chair"], one["state"], one["why"]) for one in listed] == [
        ("4", "ready", None),
        ("5", "blocked", "Ceftriaxone has no stop, so nobody can say how long it ran."),
        ("6", "held", "the order is unclear"),
        ("7", "still running", None),
    ]
    assert (listed[0]["lines"], listed[0]["billable_hours"], listed[0]["infused_minutes"]) == (2, 2, 140)
    assert whole["totals"] == {
        "sessions": 4,
        "signed": 1,
        "blocked": 1,
        "lines": sum(one["lines"] for one in listed),
        "billable_hours": sum(one["billable_hours"] for one in listed),
        "infused_minutes": sum(one["infused_minutes"] for one in listed),
        "states": {"ready": 1, "blocked": 1, "held": 1, "still running": 1},
    }
    assert (whole["day"], whole["locked"], whole["taken_back"], whole["left_over"]) == (DAY, None, 1, 0)


def test_another_day_has_what_is_left_over_until_it_is_settled(tmp_path: Path) -> None:
    play(tmp_path, *VISIT, *CLEAR)
    *listed, whole = day(tmp_path, NEXT)
    assert all(one["left_over"] and one["day"] == DAY for one in listed)
    assert [one["state"] for one in listed] == ["ready", "blocked", "held", "still running"]
    assert (whole["totals"]["sessions"], whole["left_over"]) == (0, 4)
    out = tmp_path / "out"
    out.mkdir()
    assert chairtime("export", "--data-dir", tmp_path, "--to", out).status == 0
    assert [one["state"] for one in day(tmp_path, NEXT)[:-1]] == ["blocked", "held", "still running"]
    assert day(tmp_path, DAY)[0]["state"] == "sent"


def test_a_held_session_is_not_sent_until_it_is_released_and_the_export_says_so(tmp_path: Path) -> None:
    other = [touch | {"chair": "9", **({"mrn": "0009"} if "mrn" in touch else {})} for touch in VISIT]
    play(tmp_path / "data", *VISIT, *other, at_chair("4", "hold", "11:40", reason="no authorisation"))
    out = tmp_path / "out"
    out.mkdir()
    done = chairtime("export", "--data-dir", tmp_path / "data", "--to", out)
    assert "1 session, 2 lines.\n1 session is held and was not sent." in done.out
    refused = chairtime("export", "--data-dir", tmp_path / "data", "--to", out)
    assert (refused.status, refused.sentence) == (
        2,
        "There is nothing to send: every signed line that is unsent is held.",
    )
    play(tmp_path / "data", at_chair("4", "release", "12:00"))
    done = chairtime("export", "--data-dir", tmp_path / "data", "--to", out)
    assert (done.status, "is held" in done.out) == (0, False)
    assert [one["state"] for one in day(tmp_path / "data", DAY)[:-1]] == ["sent", "sent"]


def test_a_locked_day_says_by_whom_and_keeps_its_sessions_and_what_is_signed_may_go_out(
    tmp_path: Path,
) -> None:
    play(tmp_path / "data", *VISIT)
    lock = {"at": f"{DAY}T17:00", "do": "lock-day", "by": "LT"}
    play(tmp_path / "data", lock)
    whole = day(tmp_path / "data", DAY)[-1]
    assert whole["locked"]["by"] == "LT"
    text = chairtime("day", "--data-dir", tmp_path / "data", DAY).out
    assert "Mon 2 Mar 2026: 1 session, 1 signed, 0 blocked, 2 lines, 2 h billable, 2 h 20 infused." in text
    assert "Locked by LT at 2026-03-02" in text
    touches = (at_chair("4", "reopen", "17:05", reason="pump log"), at_chair("9", "seat", "17:06", **WHO))
    answers = play(tmp_path / "data", *touches).answers
    assert {answer["refused"] for answer in answers} == {
        "2026-03-02 is locked by LT: unlock the day with its reason first"
    }
    out = tmp_path / "out"
    out.mkdir()
    assert chairtime("export", "--data-dir", tmp_path / "data", "--to", out).status == 0
    assert day(tmp_path / "data", DAY)[0]["state"] == "sent"
    unlock = {"at": f"{DAY}T18:00", "do": "unlock-day", "by": "MB", "reason": "a stop was wrong"}
    play(tmp_path / "data", unlock, touches[0])
    assert [event["kind"] for event in log(tmp_path / "data")][-2:] == ["day-unlocked", "session-reopened"]
    assert day(tmp_path / "data", DAY)[-1]["locked"] is None


def test_a_person_gets_a_table_and_what_is_left_over_below_a_heading(tmp_path: Path) -> None:
    play(tmp_path, *VISIT, *CLEAR)
    text = chairtime("day", "--data-dir", tmp_path, DAY).out
    assert "the order is unclear" in text
    assert "1 seating was taken back." in text
    assert "Left over" not in text
    text = chairtime("day", "--data-dir", tmp_path).out
    assert text.index("0 sessions") < text.index("Left over from earlier days") < text.index("still running")


def test_what_is_no_date_is_refused_in_one_sentence(tmp_path: Path) -> None:
    play(tmp_path, *VISIT)
    done = chairtime("day", "--data-dir", tmp_path, "3/2")
    assert (done.status, done.out, done.sentence) == (2, "", "3/2 is no date such as 2026-03-02.")

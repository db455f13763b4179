"""Signing in: what lets somebody in, what keeps them in, and what does not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from simulator.records.access import Role
from simulator.records.errors import LinkSpent, NotAllowed, SignInRefused, Unfit
from simulator.records.schema import invitation, password, sign_in
from simulator.records.sign_ins import LONGEST_IDLE, LONGEST_SIGNED_IN

from .conftest import WORD, Programme

IVES = "https://sso.ives.example"


class Word:
    """What an institution says."""

    issuer, name = IVES, "Robin Reed"

    def __init__(self, here: Programme, subject: str = "r1", sign_in: str = "1", role: Role | None = None) -> None:
        self.subject, self.sign_in, self.role = subject, sign_in, role
        self.expires_at = here.clock.now + timedelta(hours=1)


def test_name_and_password_let_in_however_the_name_is_written(programme_of_two: Programme) -> None:
    here = programme_of_two
    for name in ("tom@example.org", " Tom@Example.ORG "):
        found = here.sign_ins.who(here.sign_ins.with_password(name, WORD))
        assert found == here.actors["trainee"]


def test_a_wrong_name_and_a_wrong_password_are_told_alike(programme_of_two: Programme) -> None:
    here = programme_of_two
    told = set()
    for name, word in (("tom@example.org", "wrong wrong wrong"), ("nobody@example.org", WORD), ("", "")):
        with pytest.raises(SignInRefused) as refused:
            here.sign_ins.with_password(name, word)
        told.add(str(refused.value))
    assert len(told) == 1


def test_after_five_failures_one_has_to_wait_longer_each_time_and_then_may_try_again(
    programme_of_two: Programme,
) -> None:
    here = programme_of_two
    for _ in range(5):
        with pytest.raises(SignInRefused, match="not right"):
            here.sign_ins.with_password("tom@example.org", "wrong wrong wrong")
    with pytest.raises(SignInRefused, match="Too many"):
        here.sign_ins.with_password("tom@example.org", WORD)
    here.clock.pass_by(seconds=2)
    for wait in (4, 8, 16):
        with pytest.raises(SignInRefused, match="not right"):
            here.sign_ins.with_password("tom@example.org", "wrong wrong wrong")
        here.clock.pass_by(seconds=wait / 4)
        with pytest.raises(SignInRefused, match="Too many"):
            here.sign_ins.with_password("tom@example.org", WORD)
        here.clock.pass_by(seconds=wait)
    assert here.sign_ins.with_password("tom@example.org", WORD)
    with pytest.raises(SignInRefused, match="not right"):
        here.sign_ins.with_password("tom@example.org", "wrong wrong wrong")  # the count began anew


def test_one_address_that_tries_many_names_has_to_wait_too(programme_of_two: Programme) -> None:
    here = programme_of_two
    for n in range(50):
        with pytest.raises(SignInRefused, match="not right"):
            here.sign_ins.with_password(f"name{n}", "wrong wrong wrong", "198.51.100.7")
    with pytest.raises(SignInRefused, match="Too many"):
        here.sign_ins.with_password("tom@example.org", WORD, "198.51.100.7")
    assert here.sign_ins.with_password("tom@example.org", WORD, "198.51.100.8")


def test_a_browser_stays_signed_in_until_it_is_idle_too_long_or_the_time_is_over(programme_of_two: Programme) -> None:
    here = programme_of_two
    used = here.sign_ins.with_password("tom@example.org", WORD)
    left = here.sign_ins.with_password("tom@example.org", WORD)
    begun = here.clock.now
    while here.clock.now < begun + LONGEST_SIGNED_IN - timedelta(hours=6):
        here.clock.pass_by(hours=5)
        assert here.sign_ins.who(used) is not None
    assert here.clock.now > begun + LONGEST_IDLE
    assert here.sign_ins.who(left) is None
    here.clock.pass_by(hours=6)
    assert here.sign_ins.who(used) is None


def test_signing_out_ends_this_browser_and_everywhere_ends_all(programme_of_two: Programme) -> None:
    here = programme_of_two
    one, two, three = (here.sign_ins.with_password("tom@example.org", WORD) for _ in range(3))
    here.sign_ins.end(one)
    assert here.sign_ins.who(one) is None
    assert here.sign_ins.who(two) is not None
    tom = here.actors["trainee"].person_id
    assert len(here.sign_ins.browsers_of(tom)) == 3  # two, three, and the one that joined
    here.sign_ins.end_one(tom, here.sign_ins.browsers_of(tom)[0].key)
    here.sign_ins.end_everywhere(tom)
    assert here.sign_ins.who(two) is None
    assert here.sign_ins.who(three) is None
    assert here.sign_ins.browsers_of(tom) == ()


def test_a_closed_account_is_signed_out_and_stays_out_until_it_is_opened(programme_of_two: Programme) -> None:
    here = programme_of_two
    cookie = here.sign_ins.with_password("fay@example.org", WORD)
    here.people.close(here.actors["administrator"], here.actors["fellow"].person_id)
    assert here.sign_ins.who(cookie) is None
    with pytest.raises(SignInRefused):
        here.sign_ins.with_password("fay@example.org", WORD)
    here.people.reopen(here.actors["administrator"], here.actors["fellow"].person_id)
    assert here.sign_ins.who(here.sign_ins.with_password("fay@example.org", WORD)) is not None


def test_neither_cookies_nor_links_nor_passwords_are_kept_as_they_are(programme_of_two: Programme) -> None:
    here = programme_of_two
    cookie = here.sign_ins.with_password("tom@example.org", WORD)
    link = here.people.reset_link(here.actors["instructor"], here.actors["trainee"].person_id)
    with here.store.reading() as connection:
        kept = "".join(
            str(row) for table in (sign_in, invitation, password) for row in connection.execute(table.select())
        )
    for secret in (cookie, link, WORD):
        assert secret not in kept
    assert "$argon2id$" in kept


def test_a_link_lets_in_once_and_not_when_revoked_or_old(programme_of_two: Programme) -> None:
    here = programme_of_two
    administrator = here.actors["administrator"]
    used = here.people.invite(administrator, Role.TRAINEE)
    here.accounts.join(used, "Nia", "nia", WORD)
    revoked = here.people.invite(administrator, Role.TRAINEE)
    here.people.revoke(administrator, here.people.pending(administrator)[0].id)
    old = here.people.invite(administrator, Role.TRAINEE)
    here.clock.pass_by(days=15)
    for link in (used, revoked, old, "never-made"):
        with pytest.raises(LinkSpent):
            here.accounts.invited(link)
        with pytest.raises(LinkSpent):
            here.accounts.join(link, "Ola", "ola", WORD)


def test_two_who_use_one_link_at_once_make_one_account(programme_of_two: Programme) -> None:
    here = programme_of_two
    link = here.people.invite(here.actors["administrator"], Role.TRAINEE)
    here.accounts.join(link, "Nia", "nia", WORD)
    before = here.people.count(here.actors["administrator"])
    with pytest.raises(LinkSpent):
        here.accounts.join(link, "Ola", "ola", WORD)
    assert here.people.count(here.actors["administrator"]) == before


def test_a_new_password_signs_every_other_browser_out_and_the_old_one_no_longer_lets_in(
    programme_of_two: Programme,
) -> None:
    here = programme_of_two
    before = here.sign_ins.with_password("tom@example.org", WORD)
    link = here.people.reset_link(here.actors["instructor"], here.actors["trainee"].person_id)
    now = here.accounts.choose_password(link, "another fine word")
    assert here.sign_ins.who(before) is None
    assert here.sign_ins.who(now) is not None
    with pytest.raises(SignInRefused):
        here.sign_ins.with_password("tom@example.org", WORD)
    assert here.sign_ins.with_password("tom@example.org", "another fine word")


@pytest.mark.parametrize("word", ["short", "x" * 300, "tom@example.org", "tom@example.org1"])
def test_a_password_that_does_not_protect_is_refused_with_a_reason(word: str, programme_of_two: Programme) -> None:
    here = programme_of_two
    link = here.people.invite(here.actors["administrator"], Role.TRAINEE)
    with pytest.raises(Unfit, match="password"):
        here.accounts.join(link, "Tom Two", "tom@example.org", word)
    assert here.accounts.invited(link)  # and the link is still good


def test_a_taken_sign_in_name_is_refused_and_nothing_is_left_behind(programme_of_two: Programme) -> None:
    here = programme_of_two
    link = here.people.invite(here.actors["administrator"], Role.TRAINEE)
    before = here.people.count(here.actors["administrator"])
    with pytest.raises(Unfit, match="taken"):
        here.accounts.join(link, "Tom Two", "TOM@example.org", WORD)
    assert here.people.count(here.actors["administrator"]) == before
    assert here.accounts.join(link, "Tom Two", "tom2@example.org", WORD)


def test_a_guest_turns_into_an_account_with_what_they_practised_only_by_their_own_cookie(
    programme_of_two: Programme,
) -> None:
    here = programme_of_two
    cookie = here.sign_ins.as_guest()
    guest = here.sign_ins.who(cookie)
    assert guest is not None
    assert guest.guest
    here.actors["visitor"] = guest
    attempt = here.does("visitor")
    stranger = here.accounts.join(here.people.invite(here.actors["administrator"], Role.TRAINEE), "Nia", "nia", WORD)
    nia = here.sign_ins.who(stranger)
    assert nia is not None
    assert here.attempts.of(nia.person_id) == ()
    link = here.people.invite(here.actors["administrator"], Role.TRAINEE)
    joined = here.sign_ins.who(here.accounts.join(link, "Ola", "ola", WORD, cookie))
    assert joined is not None
    assert [one.id for one in here.attempts.of(joined.person_id)] == [attempt]
    assert here.sign_ins.who(cookie) is None


def test_a_programme_can_close_its_door_to_guests(programme_of_two: Programme) -> None:
    here = programme_of_two
    here.people.set_guest_practice(here.actors["lead"], False)
    with pytest.raises(NotAllowed):
        here.sign_ins.as_guest()


def test_the_first_administrator_is_made_once_and_keeps_what_they_practised(programme_of_two: Programme) -> None:
    here = programme_of_two
    assert here.actors["administrator"].person_id == here.store.local_person().id
    with pytest.raises(NotAllowed):
        here.accounts.set_up("Mine", "UTC", "Eve", "eve", WORD)


def test_an_institutions_word_lets_in_whom_it_vouches_for_and_nobody_else(programme_of_two: Programme) -> None:
    here = programme_of_two
    assert here.accounts.by_institution(Word(here)) is None
    known = here.accounts.by_institution(Word(here, role=Role.INSTRUCTOR))
    assert known is not None
    assert (known.name, known.roles) == ("Robin Reed", {Role.INSTRUCTOR})
    again = here.accounts.by_institution(Word(here, sign_in="2"))
    assert again is not None
    assert again.person_id == known.person_id


def test_an_invitation_makes_known_whom_the_institution_only_names(programme_of_two: Programme) -> None:
    here = programme_of_two
    link = here.people.invite(here.actors["instructor"], Role.TRAINEE, here.cohorts_by_name["one"])
    known = here.accounts.by_institution(Word(here), link)
    assert known is not None
    assert known.roles == {Role.TRAINEE}
    assert known.person_id in {
        one.person_id for one in here.cohorts.members(here.actors["lead"], here.cohorts_by_name["one"])
    }
    with pytest.raises(LinkSpent):
        here.accounts.invited(link)


def test_an_institutions_word_ends_with_its_own_time_and_with_ours(programme_of_two: Programme) -> None:
    here = programme_of_two
    word = Word(here, role=Role.TRAINEE)
    known = here.accounts.by_institution(word)
    assert known is not None
    here.sign_ins.end_everywhere(known.person_id)
    assert here.accounts.by_institution(word) is None  # whatever the browser's cookie goes on to say
    fresh = Word(here, sign_in="2")
    assert here.accounts.by_institution(fresh) is not None
    here.clock.pass_by(hours=1, seconds=1)
    assert here.accounts.by_institution(fresh) is None

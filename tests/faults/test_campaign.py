"""The fault campaign in its shortest form. `python -m faults --long` is the long one."""

from __future__ import annotations

import pytest

from faults.campaign import run
from faults.plan import PLAN, Planned
from faults.verdict import Verdict

SEED = 20261123
TRIED_HERE = [planned for planned in PLAN if planned.in_tests]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Verdict]:
    """All faults together, so that some wait while others work."""
    tasks = [(planned, count) for planned in TRIED_HERE for count in range(planned.in_tests)]
    return run(tasks, tmp_path_factory.mktemp("faults"), SEED, lanes=3, tell=lambda _line: None)


@pytest.mark.parametrize("planned", TRIED_HERE, ids=lambda planned: planned.fault.__name__)
def test_no_answer_is_lost_or_kept_twice_and_the_person_sees_where_they_stand(
    planned: Planned, verdicts: dict[str, Verdict]
) -> None:
    verdict = verdicts[planned.name]
    if not verdict.tried:
        pytest.skip("; ".join(verdict.untried))
    assert verdict.problems == []
    assert verdict.answers > 0

"""A worker that is killed while it makes a plan loses nothing: another makes it. The short form."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.serving import ROOT, a_database, environment, run

pytestmark = [pytest.mark.lengthy, pytest.mark.postgres]

PATIENCE = 120
BEGIN = """
from waywarden.upkeep import beginning
beginning.start(lambda said: None)
"""
ASK = """
from tests.cast import introduce
from tests.making.asked import asked, counted
print(asked(counted(introduce())).pk)
"""
#: A worker that has begun to search and does not come to an end.
ENDLESS = """
import time
from datetime import UTC, datetime
from waywarden.devolution.making import working
from waywarden.fabric.work import jobs, workers

def endless(question, *, tell, limits):
    tell(stage="search", done_permille=100, best_pence=2, bound_pence=1, seconds=1)
    print("searching", flush=True)
    time.sleep(600)

working.search = endless
name = workers.new_name()
with workers.Heartbeat(name, lambda: datetime.now(UTC)):
    jobs.run(worker=name, is_over=lambda: False)
"""
LOOK = """
from waywarden.devolution.making.models import AskedPlan
from waywarden.devolution.plans.models import PlanRun
held = AskedPlan.objects.get()
print(held.status, held.tries, PlanRun.objects.count(), held.done_permille)
"""


def test_a_plan_whose_worker_was_killed_is_made_by_another(tmp_path: Path) -> None:
    with a_database("a_site_whose_worker_is_killed") as database:
        paths = {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        site = environment(tmp_path) | database | paths

        def said(script: str) -> str:
            done = subprocess.run(
                [sys.executable, "-c", BEGIN + script],
                env=site,
                capture_output=True,
                text=True,
                timeout=PATIENCE,
                check=False,
            )
            assert done.returncode == 0, done.stderr
            return done.stdout.strip()

        said(ASK)
        for _ in range(2):
            _kill_while_searching(site)
        assert said(LOOK) == "running 2 0 100"

        ended = run("worker", "--once", folder=tmp_path, **database)

        assert ended.returncode == 0, ended.stderr
        assert said(LOOK) == "done 3 1 1000"


def _kill_while_searching(site: dict[str, str]) -> None:
    """Let a worker begin, take back what a killed one left, and kill it while it searches."""
    take_back = "from datetime import UTC, datetime\nfrom waywarden.fabric.work import jobs\n"
    take_back += "jobs.take_back(now=datetime.now(UTC))\n"
    command = [sys.executable, "-c", BEGIN + take_back + ENDLESS]
    with subprocess.Popen(command, env=site, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout
        assert "searching" in worker.stdout.readline()
        worker.send_signal(signal.SIGKILL)

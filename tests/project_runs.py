"""Runs of `rank --project` in the test's own process, with the engine of the test session in place of worker processes."""

import pytest

from matcher.batch import Failure, Operation, Outcome
from matcher.cli import main
from matcher.documents import Limits
from matcher.errors import MatcherError
from matcher.project.record import lines

AS_OF = ("--as-of", "2026-11-01")


class Inline:
    """Takes the place of the crew; `read` has the names of all files that were read, `broken` those that are to fail once."""

    def __init__(self, engine):
        self.engine, self.read, self.broken = engine, [], {}

    def __call__(self, workers, options, maker, few=False):
        self.options = options
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def run(self, queue, stopped):
        while queue:
            task = queue.popleft()
            self.read.append(task.source)
            yield Outcome(task, self.broken.pop(task.source, None) or self.value(task), 0.01)

    def value(self, task):
        data = task.data if task.data is not None else task.path.read_bytes()
        try:
            if task.operation is Operation.ROLES:
                return self.engine.read_roles(data, task.source)
            return self.engine.read_resume(data, task.source, as_of=self.options.as_of, limits=Limits())
        except MatcherError as error:
            return Failure(error.code, str(error))


class Desk:
    """A folder with resumes, jobs and a project, and the command at work on them."""

    def __init__(self, folder, crew, capsys):
        self.folder, self.crew, self.capsys = folder, crew, capsys
        self.resumes, self.jobs, self.project = folder / "resumes", folder / "jobs", folder / "desk"
        self.resumes.mkdir()
        self.jobs.mkdir()

    def rank(self, *more, project=True):
        """Run it; gives the status, the last line of the messages, and all of them."""
        kept = ("--project", self.project) if project else ()
        self.crew.read.clear()
        status = main([str(word) for word in ("rank", self.resumes, "--jobs", self.jobs, *AS_OF, *kept, *more)])
        err = self.capsys.readouterr().err.splitlines()
        return status, (err or [""])[-1], err

    def events(self, kind):
        """The record's lines of a kind."""
        return [line for line in lines(self.project) if line["event"] == kind]


def resume(name="Odalys Brennecke", mail="odalys@example.com", phone="+1 555 010 2233", company="Larkfield Telecom", more=""):
    """The text of an invented resume."""
    return f"""{name}
{mail} | {phone}

Experience
Customer Service Representative, {company}, 03/2021 to 06/2023
Answered 60 inbound calls a day about bills and orders, wrote every case in Zendesk.
Kept customer satisfaction at 95% and trained two new agents.
Cashier, Fennimore Grocers, 01/2019 to 02/2021
Served customers at the till, counted the drawer and handled complaints.
{more}
Education
High school diploma, 2018

Skills
Inbound calls, Zendesk, data entry, English
"""


JOB = """Customer Service Representative

We need an agent for inbound calls of a telecom client.
Requirements
- At least 12 months of experience in a call center
- Inbound calls, Zendesk
- English
"""


@pytest.fixture(name="desk")
def desk_fixture(tmp_path, engine, monkeypatch, capsys):
    """Three resumes, one job, no project yet."""
    crew = Inline(engine)
    monkeypatch.setattr("matcher.batch.crew.Crew", crew)
    found = Desk(tmp_path, crew, capsys)
    for number, name in enumerate(("Odalys Brennecke", "Thaddeus Okwuosa", "Mirela Vantongeren")):
        text = resume(name, f"p{number}@example.com", f"+1 555 010 22{number}{number}", more="Volunteer work. " * number)
        (found.resumes / f"{name.split()[0].lower()}.txt").write_text(text)
    (found.jobs / "csr.txt").write_text(JOB)
    return found

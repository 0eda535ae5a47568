"""What is kept between runs, where `--project DIR` asks for it: what was read, scores, decisions, and the record.

See docs/projects.md for what lies in the folder and what each promise rests on.
"""

from matcher.project.opening import open_project
from matcher.project.store import FOLDER_FILES, Project

__all__ = ["FOLDER_FILES", "Project", "open_project"]

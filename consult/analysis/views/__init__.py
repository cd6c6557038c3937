"""Pages of the staff: the dashboard, reports, themes and improvements."""

from flask import Flask

from consult.analysis import jobs
from consult.analysis.improvements import views as improvements
from consult.analysis.report.addresses import comment_address
from consult.analysis.report.marking import marked
from consult.analysis.views import (
    codeframe_pieces,
    codeframes,
    dashboard,
    priorities,
    report_files,
    reports,
)
from consult.analysis.views.blueprint import bp

__all__ = [
    "bp",
    "codeframe_pieces",
    "codeframes",
    "dashboard",
    "improvements",
    "init_app",
    "jobs",
    "priorities",
    "report_files",
    "reports",
]


def init_app(app: Flask) -> None:
    """Plugs analysis into ``app``: its pages, and its work for the queue."""
    app.register_blueprint(bp)
    app.add_template_global(comment_address)
    app.add_template_filter(marked)
    jobs.init_app(app)

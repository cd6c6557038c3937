"""consult: the platform where a government listens."""

from flask import Flask

from consult.config import Settings, local_secret


def create_app(settings: Settings | None = None) -> Flask:
    """The application: a short list of what is plugged in.

    Args:
        settings: taken from the environment (``CONSULT_…``) when not given.
    """
    from consult import addresses, assets, cli, db, errors, i18n, security
    from consult.analysis import views as analysis
    from consult.extensions import login_manager, migrate
    from consult.feedback import views as feedback
    from consult.involvement import views as involvement
    from consult.jobs import queue
    from consult.organizations import views as organizations
    from consult.publishing import views as publishing
    from consult.register import views as register
    from consult.surveys import views as surveys
    from consult.targets import views as targets
    from consult.workspace import views as workspace
    from consult.workspace.registers import views as registers

    app = Flask(__name__, static_folder=None)
    app.config.from_mapping((settings or Settings()).flask_config())
    db.init_app(app)
    migrate.init_app(app, db.db, directory=f"{app.root_path}/migrations")
    i18n.init_app(app)
    addresses.init_app(app)
    security.init_app(app)
    errors.init_app(app)
    assets.init_app(app)
    login_manager.init_app(app)
    queue.init_app(app)
    low = (organizations, register, involvement, surveys, feedback)
    for slice_ in (*low, analysis, targets, publishing, workspace, registers):
        slice_.init_app(app)
    cli.init_app(app)
    return app


__all__ = ["Settings", "create_app", "local_secret"]

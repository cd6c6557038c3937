"""Flask extensions that no module of ours wraps."""

from flask_login import LoginManager
from flask_migrate import Migrate

#: A session is not tied to the device's address, which changes as people move.
login_manager = LoginManager()
login_manager.session_protection = None

migrate = Migrate()

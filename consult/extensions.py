"""Flask extensions that no module of ours wraps."""

from flask_login import LoginManager
from flask_migrate import Migrate

login_manager = LoginManager()
migrate = Migrate()

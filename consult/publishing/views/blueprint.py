"""The blueprint of the public's pages."""

from flask import Blueprint

bp = Blueprint("publishing", __name__, template_folder="../templates")

"""The names of municipalities, for the list that unfolds under the field."""

from flask import jsonify
from werkzeug.wrappers import Response as WebResponse

from consult.questionnaires.municipalities import municipality_names
from consult.surveys.views.blueprint import bp

#: Seconds that a browser keeps the list.
_A_DAY = 86_400


@bp.get("/municipalities.json")
def municipality_list() -> WebResponse:
    """The same list for everyone, in the order of the alphabet."""
    response = jsonify(municipality_names())
    response.cache_control.public = True
    response.cache_control.max_age = _A_DAY
    return response

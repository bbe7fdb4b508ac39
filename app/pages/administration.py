"""An overview of what a clinic sets and sees of itself, with what each role may open."""

from flask import render_template
from flask_login import current_user
from flask_security import auth_required

from app.pages.views import pages

_EVERYBODY = ("nurse", "doctor", "admin")
# A page, and whom it is for; the words are page.administration.<page>.
PLACES = (
    ("clinic_page", _EVERYBODY),
    ("staff_page", ("admin",)),
    ("rota_page", _EVERYBODY),
    ("cards_page", _EVERYBODY),
    ("audit_page", ("admin",)),
    ("keys_page", ("admin",)),
)


@pages.get("/administration")
@auth_required("session")
def administration_page() -> str:
    mine = [name for name, roles in PLACES if any(current_user.has_role(one) for one in roles)]
    return render_template("pages/settings/administration.html", places=mine)

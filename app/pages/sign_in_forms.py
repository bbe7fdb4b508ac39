"""The forms of signing in, where ours differ from Flask-Security's."""

from flask_security.forms import LoginForm


class SignIn(LoginForm):
    """Nobody is remembered beyond their session."""

    remember = None

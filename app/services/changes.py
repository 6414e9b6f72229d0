"""What changed on other desks: heard at once from the office's server, looked for in an embedded database."""

from app.models.news import Ear, listen, tell, version

__all__ = ["Ear", "listen", "tell", "version"]

"""The worker's pages and the JSON API for workers, as a Flask application."""

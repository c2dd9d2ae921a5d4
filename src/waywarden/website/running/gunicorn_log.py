"""Gunicorn's own messages in the form of ours: by itself it would write whole addresses."""

import logging
import os
from typing import Any

from gunicorn.glogging import Logger

from waywarden.website.running.logs import JsonFormatter, LineFormatter


class CleanLogger(Logger):
    """Writes what gunicorn has to say as `logs.py` does."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        is_json = os.environ.get("LOG_FORMAT", "").lower() == "json"
        formatter: logging.Formatter = JsonFormatter() if is_json else LineFormatter()
        for handler in self.error_log.handlers:
            handler.setFormatter(formatter)

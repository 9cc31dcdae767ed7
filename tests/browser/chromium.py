"""Which browser the tests and the screenshots use, and how it is started."""

import shutil

# In this order; ./run sees to it that there is one. Debian's first has no window: half the processor time.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
ARGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",
]


def executable() -> str | None:
    """Where the browser is, or None."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)

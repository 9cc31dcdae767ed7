"""What a browser must fetch before a page works."""

import gzip

from django.contrib.staticfiles import finders
from django.template.loader import get_template


def test_scripts_weigh_little():
    """20 kB on the line (issue 3, par. 1); every script of the base page counts."""
    source = get_template("base.html").template.source
    scripts = [part.split("'")[1] for part in source.split('<script src="')[1:]]
    assert "js/app.js" in scripts
    weight = 0
    for script in scripts:
        with open(finders.find(script), "rb") as file:
            weight += len(gzip.compress(file.read(), 9))
    assert weight <= 20_000

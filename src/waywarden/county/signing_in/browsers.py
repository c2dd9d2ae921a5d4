"""What a browser says it is, in the words its owner would use."""

from django.http import HttpRequest

# The first that fits: each of these claims to be those below it.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
MACHINES = {
    "iPhone": "an iPhone",
    "iPad": "an iPad",
    "Android": "Android",
    "CrOS": "a Chromebook",
    "Windows": "Windows",
    "Macintosh": "a Mac",
    "Linux": "Linux",
}


def browser_of(request: HttpRequest) -> str:
    """Return such as "Firefox on Windows"."""
    says = request.headers.get("User-Agent", "")
    browser = next((name for sign, name in BROWSERS.items() if sign in says), "A browser")
    machine = next((name for sign, name in MACHINES.items() if sign in says), "")
    return f"{browser} on {machine}" if machine else browser

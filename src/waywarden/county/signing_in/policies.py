"""What stands in the way, in words somebody can act on."""


def obstacles_to_rule(*, requires: bool, is_proved: bool) -> list[str]:
    """List why a body's rule cannot be set: nobody locks themselves out."""
    if requires and not is_proved:
        return ["Take a second step yourself first: with this rule your own office would close."]
    return []

"""From where somebody asks: one hotspot, one house, one office is one place."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from django.http import HttpRequest

_IPV6_PREFIX = 64


def get_address(request: HttpRequest) -> str:
    """The address of the connection; behind a socket of this machine there is none."""
    return request.META.get("REMOTE_ADDR") or "127.0.0.1"


def get_network(request: HttpRequest) -> str:
    """The place: an IPv4 address, or the /64 of which a household may use any address."""
    try:
        address = ip_address(get_address(request))
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, _IPV6_PREFIX), strict=False))
    return str(address)

"""The steps of the key ceremony of a threshold group, for `pilkades trustee`."""

import argparse
import secrets
from collections.abc import Sequence
from pathlib import Path

from pilkades.cli.vote_files import read_file, write_new
from pilkades.cli.vote_trustee_folder import (
    CERTIFICATE,
    COMBINED,
    GROUP,
    POLYNOMIAL,
    SEED,
    read_group,
    read_seed,
    require_unused,
    tell_to_hand_over,
    write_key_backup,
    write_seed_backup,
)
from pilkades.cli.vote_words import say
from pilkades.crypto.supported import get_group
from pilkades.errors import ConflictError
from pilkades.evoting.canonical import parse_canonical, write_json
from pilkades.evoting.ceremony import (
    assemble_group,
    combine_shares,
    make_certificate,
    make_polynomial,
    recover_secret,
    route_shares,
)
from pilkades.evoting.threshold_messages import (
    Context,
    parse_polynomial,
    parse_share_input,
    parse_share_output,
    write_polynomial,
    write_share_input,
    write_share_output,
)
from pilkades.evoting.trustee_messages import MESSAGE_SIZE_MAX, make_seed
from pilkades.evoting.trustees import (
    SignedMessage,
    read_signed,
    write_signed,
    write_threshold_group,
)
from pilkades.evoting.wire import Wire
from pilkades.text import Text


def certify(args: argparse.Namespace) -> None:
    """Step 1: a seed, and the certificate of its public keys."""
    group = get_group(args.group)
    if not 1 <= args.index <= args.size or not 1 <= args.threshold <= args.size:
        raise ConflictError(
            "trustee-numbers", Text("Nomor dan ambang harus antara 1 dan jumlah pemegang kunci.")
        )
    require_unused(args.dir)
    seed = make_seed(secrets.randbelow)
    certificate = make_certificate(
        Wire(group),
        seed=seed,
        context=Context(group.name, args.size, args.threshold, args.index),
        draw=secrets.randbelow,
    )
    write_new(args.dir / SEED, seed.encode(), is_secret=True)
    write_new(args.dir / GROUP, group.name.encode())
    write_new(args.dir / CERTIFICATE, write_json(write_signed(certificate, Wire(group))))
    place = f"{args.index}/{args.size}"
    write_seed_backup(args.dir, group=group, seed=seed, place=place)
    tell_to_hand_over(args.dir / CERTIFICATE)


def share(args: argparse.Namespace) -> None:
    """Step 2: the polynomial, a sealed share for everybody."""
    wire = Wire(read_group(args.dir))
    polynomial = make_polynomial(
        wire,
        seed=read_seed(args.dir),
        certificates=_read_certificates(args.certificates, wire),
        threshold=args.threshold,
        draw=secrets.randbelow,
    )
    write_new(args.dir / POLYNOMIAL, write_polynomial(polynomial, wire=wire))
    tell_to_hand_over(args.dir / POLYNOMIAL)


def route(args: argparse.Namespace) -> None:
    """Step 3, of the committee: what each trustee is handed."""
    wire = Wire(get_group(args.group))
    polynomials = [parse_polynomial(read_file(path), wire=wire) for path in args.polynomials]
    for index, handed in enumerate(route_shares(polynomials), start=1):
        path = args.out / f"shares-{index}.json"
        write_new(path, write_share_input(handed, wire=wire))
        tell_to_hand_over(path)


def combine(args: argparse.Namespace) -> None:
    """Step 4: the shares become this trustee's key, and its paper."""
    wire, seed = Wire(read_group(args.dir)), read_seed(args.dir)
    output = combine_shares(
        wire,
        seed=seed,
        certificates=_read_certificates(args.certificates, wire),
        threshold=args.threshold,
        handed=parse_share_input(read_file(args.shares), wire=wire),
        draw=secrets.randbelow,
    )
    write_new(args.dir / COMBINED, write_share_output(output, wire=wire))
    secret = recover_secret(wire, seed=seed, private_key=output.private_key)
    public = wire.write_element(output.public_key.public_key)
    write_key_backup(args.dir, group=wire.group, secret=secret, public=public)
    say(Text("Kertas ini cukup sendiri; yang dari langkah 1 dapat dimusnahkan."))
    tell_to_hand_over(args.dir / COMBINED)


def assemble(args: argparse.Namespace) -> None:
    """Step 5, of the committee: the group as it is published."""
    wire = Wire(get_group(args.group))
    group = assemble_group(
        wire,
        certificates=_read_certificates(args.certificates, wire),
        threshold=args.threshold,
        handed=parse_share_input(read_file(args.shares), wire=wire),
        outputs=[parse_share_output(read_file(path), wire=wire) for path in args.keys],
    )
    write_new(args.out, write_json(write_threshold_group(group, wire)))
    tell_to_hand_over(args.out)


def _read_certificates(paths: Sequence[Path], wire: Wire) -> list[SignedMessage]:
    return [
        parse_canonical(
            read_file(path),
            read=lambda value: read_signed(value, wire),
            write=lambda item: write_signed(item, wire),
            size_max=MESSAGE_SIZE_MAX,
        )
        for path in paths
    ]

"""Telephone numbers and domains as they are compared."""

from __future__ import annotations

import phonenumbers
import pytest

from cdm.identifiers import phone_e164, unicode_host


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("+49 (0)30 1234567", "", "+49301234567"),
        ("0049 30 1234567", "", "+49301234567"),
        (" 030/123 45 67 ", "DE", "+49301234567"),
        ("030 1234567", "de", "+49301234567"),
        ("030 1234567", "", None),  # nobody says in which country
        ("+49 30 1234567 ext. 12", "", "+49301234567;ext=12"),  # a desk is not the switchboard
        ("+44 20 7946 0981", "DE", "+442079460981"),
        ("011 15-2345-6789", "AR", "+5491123456789"),
        ("55 1234 5678", "MX", "+525512345678"),
        ("12345", "DE", None),
        ("call me", "DE", None),
        ("+", "", None),
        (None, None, None),
        ("0000000", "DE", None),
        ("030 1234567", "XX", None),
    ],
)
def test_a_number_is_one_however_it_is_written(
    text: str | None, country: str | None, expected: str | None
) -> None:
    assert phone_e164(text, country) == expected


def test_national_and_international_writing_agree_in_every_country() -> None:
    wrong = []
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        number = phonenumbers.example_number(region)
        if number is None or not phonenumbers.is_valid_number(number):
            continue
        form = phonenumbers.PhoneNumberFormat
        expected = phonenumbers.format_number(number, form.E164)
        for style in (form.NATIONAL, form.INTERNATIONAL, form.E164):
            found = phone_e164(phonenumbers.format_number(number, style), region)
            if found != expected:
                wrong.append((region, style, found, expected))
    assert not wrong


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("xn--mller-kva.example", "müller.example"),
        ("XN--MLLER-KVA.Example", "müller.example"),
        ("mail.xn--bcher-kva.xn--p1ai", "mail.bücher.рф"),
        ("müller.example", "müller.example"),
        ("acme.com", "acme.com"),
        ("xn--.example", "xn--.example"),
        ("xn--\u00fc.example", "xn--\u00fc.example"),
        ("xn--99999999999999.example", "xn--99999999999999.example"),
    ],
)
def test_a_host_is_one_however_it_is_written(host: str, expected: str) -> None:
    assert unicode_host(host) == expected

"""Telephone numbers and domains as they are compared, where SQL alone can not tell."""

from __future__ import annotations

import unicodedata

import phonenumbers

PHONE_FUNCTION = "cdm_phone_e164"
HOST_FUNCTION = "cdm_unicode_host"


def phone_e164(text: str | None, country: str | None) -> str | None:
    """Return a telephone number in the form of E.164, with `;ext=` where it has an extension.

    `country` is the ISO code (two letters) that a number without its own is read in, or ''. None
    where the number is not valid, or would be only if the country were known.
    """
    text = (text or "").strip()
    if text.startswith("00"):
        text = "+" + text[2:]
    try:
        number = phonenumbers.parse(text, (country or "").upper() or None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{written};ext={number.extension}" if number.extension else written


def unicode_host(host: str) -> str:
    """Return a host with its ASCII labels (xn--…) in letters, lower case, in normal form C.

    A label that decodes to nothing stays as it is: it is still the same host to itself.
    """
    labels = []
    for label in host.lower().split("."):
        if label.startswith("xn--"):
            try:
                letters = label[4:].encode("ascii").decode("punycode")
                label = unicodedata.normalize("NFC", letters) or label
            except (UnicodeError, ValueError):
                pass
        labels.append(label.lower())
    return ".".join(labels)

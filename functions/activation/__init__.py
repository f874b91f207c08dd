"""Activation: the link of the mail, confirmed by a button, makes a pending account active.

    POST /api/activation          use the token (opening the link changes nothing: there is no GET)
    POST /api/activation/resend   another link for a pending account; the same answer whoever owns the address
    POST /api/activation/requests ask a service to open an account, when there is neither invitation nor key

Touches `credentials` (accounts, claims, tokens, keys), `core` (access item, family file, requests) and `ephemeral`.
"""

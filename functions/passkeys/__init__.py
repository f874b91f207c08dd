"""Passkeys (« clés d'accès »): the ones of an account, and signing in with one.

    GET    /api/passkeys                     those of the account
    POST   /api/passkeys/options             what a new one is made from, after the password
    POST   /api/passkeys                     keep the one that was just made
    POST   /api/passkeys/<passkey_id>/name   call it otherwise
    DELETE /api/passkeys/<passkey_id>        remove it
    POST   /api/passkeys/sign-in/options     what an authenticator signs
    POST   /api/passkeys/sign-in             sign in with what it signed

Touches `credentials` (the account, its passkeys, their events), `core` (access item) and `ephemeral` (challenges,
sessions, tries).
"""

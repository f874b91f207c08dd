"""Signing in with FranceConnect v2 (OpenID Connect), off until the town names its issuer.

    GET  /api/franceconnect             whether the town has it
    POST /api/franceconnect/start       leave for FranceConnect, to sign in
    POST /api/franceconnect/link/start  leave for FranceConnect, to link one's account, after the password
    POST /api/franceconnect/callback    come back with what FranceConnect gave
    GET  /api/franceconnect/pending     who came back, whom no account is linked to yet
    GET  /api/franceconnect/link        whether the account is linked
    POST /api/franceconnect/link        link it to who came back
    POST /api/franceconnect/unlink      unlink it, after the password
    POST /api/franceconnect/sign-out    sign out of a session that came from there, and leave FranceConnect too

Touches `credentials` (the account, its link, their events), `core` (access item, guardians of the account's own files)
and `ephemeral` (states, who came back, sessions, tries).
"""

"""Accounts: creating one, signing in and out, linking it to the family file with the clé enfance.

    POST   /api/accounts                    create; a mail is sent, the same answer whoever owns the address
    POST   /api/accounts/sessions           sign in
    POST   /api/accounts/sessions/refresh   a new access cookie
    DELETE /api/accounts/sessions/current   sign out
    POST   /api/accounts/cle-enfance        link the account to a family file

Touches `credentials` (accounts, claims, tokens, keys), `core` (access item, family file) and `ephemeral`.
"""

"""The route that closes one's account."""

from functions.accounts import closing
from functions.accounts.closing_schemas import AccountClosed, CloseAccount
from functions.kit import sessions
from functions.kit.endpoint import Call, Reply, Routes


def add_to(routes: Routes) -> None:
    @routes.add(
        "POST",
        "/close",
        access="account",
        summary="Fermer son espace personnel",
        body=CloseAccount,
        answer=AccountClosed,
    )
    def close(call: Call[CloseAccount]) -> Reply:
        closing.close(
            call.session,
            call.body.current_password,
            key=call.idempotency_key,
            body_hash=call.body_hash,
            now=call.now,
        )
        return Reply(AccountClosed("closed"), cookies=sessions.forget_cookies())

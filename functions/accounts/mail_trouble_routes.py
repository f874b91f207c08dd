"""Routes of the notice « Nos messages n’arrivent plus », asked for once the page is shown."""

from functions.accounts import mail_trouble
from functions.accounts.mail_trouble import MailState
from functions.accounts.schemas import Sent
from functions.kit.endpoint import Call, Reply, Routes


def add_to(routes: Routes) -> None:
    @routes.add(
        "GET",
        "/mail",
        access="account",
        summary="Si les courriels de la ville arrivent à l’adresse du compte",
        answer=MailState,
    )
    def mail_state(call: Call[None]) -> Reply:
        return Reply(mail_trouble.state(call.session, call.now))

    @routes.add(
        "POST",
        "/mail/retry",
        access="account",
        summary="Essayer de nouveau l’adresse du compte, par un message",
        answer=Sent,
        status=202,
    )
    def try_mail_again(call: Call[None]) -> Reply:
        mail_trouble.try_again(call.session, key=call.idempotency_key, body_hash=call.body_hash, now=call.now)
        return Reply(Sent("sent"))

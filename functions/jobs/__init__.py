"""What happens after an action: its mails, and its line in the audit.

No route: a schedule or the tables' streams call `handle`; on one machine `parvis serve` calls `service.run_once`.
Touches the outbox of `core` and `credentials`, `audit`, `ephemeral` (failures), and the mail gateway.
"""

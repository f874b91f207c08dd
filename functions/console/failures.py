"""What stops a command: one clear French sentence, and an exit code.

0 done; 1 done in part (a family refused, a check that found problems); 2 not done (bad file, option, environment).
"""


class Failure(Exception):
    """`code` is the exit code; the message says what is wrong and what to do."""

    def __init__(self, message: str, *, code: int = 2) -> None:
        super().__init__(message)
        self.code = code

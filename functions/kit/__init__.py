"""What every function shares: routes, sessions, problems, clock, configuration.

The collector is stopped while a function's modules load (they make no garbage, and walking them again and again costs
a tenth of a cold start); functions.kit.app.prepare starts it before the first request.
"""

import gc

gc.disable()

"""What agents of the town decide: the requests of their services.

    GET  /api/agents/requests                       what waits for a service
    GET  /api/agents/requests/<request_id>          one request, open or decided
    POST /api/agents/requests/<request_id>/accept   accept it
    POST /api/agents/requests/<request_id>/refuse   refuse it, with a reason

Touches `core` (access item, requests, what their kinds change) and writes invitations in `credentials`.
Every route is for agents alone.
"""

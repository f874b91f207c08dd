"""The family's own pages: « Mon espace » and each child's file.

    GET /api/family/dashboard             who I am, my family, the next bookings, the town's message
    GET /api/family/children/<child_id>   one child of mine
    GET, POST /api/family/details         « Mes coordonnées »: my civilité and telephones
    POST /api/family/details/address      my postal address; …/requests/<request_id>/withdraw: no longer asked for
    POST /api/family/details/contacts     the entourage; …/<person_id> changes, …/<person_id>/remove takes out

Reads `core` (the access item, the family's partition, its requests); writes the family's partition, requests and the
lists of services that decide them, and `ephemeral`.
"""

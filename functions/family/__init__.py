"""The family's own pages: « Mon espace » and each child's file.

    GET /api/family/dashboard             who I am, my family, the next bookings, the town's message
    GET /api/family/children/<child_id>   one child of mine

Reads `core` (the access item, the family's partition); writes nothing.
"""

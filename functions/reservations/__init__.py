"""Booking and cancelling days of activities.

    GET  /api/reservations/activities                  what can be booked, and for whom
    GET  /api/reservations/calendar                    a month of an activity, per child and day
    POST /api/reservations/changes                     book and cancel days, all or nothing
    GET  /api/reservations/agenda                      what is planned, all activities together
    GET  /api/reservations/receipts/<receipt_number>   the receipt of an earlier change
    GET  /api/reservations/regles                      public: what can be asked of the rules
    POST /api/reservations/essai                       public: what the rules answer; nothing is kept

Reads and writes `core`: the family's partition (file, child-months, events) and the seat counters. Counts the tries of
« Essayer les règles » in `ephemeral`.
"""

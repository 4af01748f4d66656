"""Records that the tests load."""

from typing import Any

#: The example of the command line's documentation, as far as its lists exist.
EXAMPLE: dict[str, Any] = {
    "format": "commission-record/1",
    "commission": {
        "name": "Alder Glen Sister Cities Commission",
        "city": "Alder Glen",
        "state": "CA",
        "zone": "America/Los_Angeles",
        "rules": "milpitas",
    },
    "contacts": [
        {"key": "ana", "kind": "person", "name": "Ana Ruiz"},
        {
            "key": "asca",
            "kind": "organization",
            "name": "Alder Glen Sister Cities Association",
            "ein": "00-0000000",
        },
    ],
    "terms": [
        {
            "seat": "regular-1",
            "contact": "ana",
            "from": "2025-01-01",
            "to": "2026-12-31",
            "appointed_by": "Mayor",
            "confirmed_on": "2024-12-03",
        }
    ],
    "community_organizations": [{"key": "assoc", "contact": "asca"}],
    "memberships": [{"organization": "assoc", "contact": "ana", "from": "2024-05-01", "to": None}],
    "meetings": [
        {"key": "m1", "kind": "regular", "starts": "2026-05-28T18:00", "place": "City Hall", "state": "held"}
    ],
    "agenda_items": [
        {
            "meeting": "m1",
            "section": "new-business",
            "title": "Inquiry from Okayama",
            "kind": "discussion",
            "inquiry": "i1",
            "outcome": "continued",
        }
    ],
    "inquiries": [
        {
            "key": "i1",
            "direction": "incoming",
            "city": "Okayama",
            "country": "JP",
            "received_on": "2026-05-01",
            "channel": "email",
        }
    ],
}

#: Every list with something in every field.
RICH: dict[str, Any] = {
    "commission": {
        "name": "Alder Glen Sister Cities Commission",
        "city": "Alder Glen",
        "zone": "America/Los_Angeles",
        "rules": "milpitas",
        "currency": "USD",
        "letterhead": {
            "address": "455 East Calaveras Boulevard\nAlder Glen, CA 95035",
            "phone": "(408) 555-0100",
            "email": "clerk@alderglen.example.org",
            "website": "https://alderglen.example.org",
        },
        "accommodation": {"contact": "Đặng Thị Mai", "phone": "(408) 555-0101", "hours_before": 72},
        "notices": {"speaking": "Speak up.", "late_papers": None},
        "posting_places": ["City Hall", "Library"],
        "staff": [{"contact": "mai", "title": "Recreation supervisor"}, {"contact": "王", "title": None}],
    },
    "settings": [
        {"name": "record.begins_on", "value": "2026-02-01", "source": "Clerk"},
        {"name": "meetings.rule", "value": None, "note": "The calendar is set by hand."},
        {"name": "membership.minimum", "value": 25, "from": "2027-01-01", "source": "Resolution 12"},
    ],
    "contacts": [
        {
            "key": "ana",
            "kind": "person",
            "name": "Ana Ruiz",
            "email": "ana@example.org",
            "language": "Spanish",
        },
        {"key": "mai", "kind": "person", "name": "Đặng Thị Mai", "note": "First line.\nSecond line."},
        {"key": "王", "kind": "person", "name": "王小明", "phone": "+86 371 5555 0100"},
        {"key": "jose", "kind": "person", "name": "Jose\u0301 Nuñez", "address": "1 Main St\nAlder Glen"},
        {"key": "kid", "kind": "person", "name": "Сергей Иванов", "minor": True},
        {"key": "asca", "kind": "organization", "name": "Alder Glen Association", "ein": "12-3456789"},
    ],
    "seats": [
        *({"key": f"regular-{n}", "kind": "regular", "label": f"Seat {n}"} for n in range(1, 12)),
        {"key": "alt", "kind": "alternate", "label": "First alternate", "appointed_by": "Mayor"},
        {"key": "council", "kind": "liaison", "label": "Council"},
    ],
    "terms": [
        {
            "seat": "regular-1",
            "contact": "ana",
            "from": "2025-01-01",
            "to": "2026-12-31",
            "appointed_by": "Mayor",
        },
        {
            "seat": "regular-10",
            "contact": "jose",
            "from": "2024-01-01",
            "to": "2026-12-31",
            "ended": "resigned",
            "ended_on": "2026-06-10",
            "vacancy_notice_on": "2026-06-15",
        },
        {"seat": "regular-10", "contact": "王", "from": "2026-07-01"},
        {"seat": "alt", "contact": "mai", "from": "2025-01-01", "to": "2025-12-31", "ended": "expired"},
    ],
    "offices": [{"title": "vice-chair", "contact": "ana", "from": "2026-01-01", "to": "2026-12-31"}],
    "community_organizations": [{"key": "assoc", "contact": "asca"}],
    "memberships": [
        {"organization": "assoc", "contact": "ana"},
        {"organization": "assoc", "contact": "jose", "from": "2025-01-01", "to": "2025-12-31"},
        {"organization": "assoc", "contact": "jose", "from": "2026-01-01"},
    ],
    "meetings": [
        {
            "key": "m1",
            "kind": "regular",
            "starts": "2026-05-28T18:00",
            "place": "City Hall",
            "state": "held",
            "instead_of": "2026-05-21",
        },
        {"key": "m2", "kind": "regular", "starts": "2026-11-01T01:30", "state": "scheduled"},
        {
            "key": "s1",
            "kind": "special",
            "starts": "2026-06-10T12:00",
            "state": "adjourned-no-quorum",
            "notice": "Called by the Chair.",
        },
    ],
    "agenda_items": [
        {
            "key": "later",
            "meeting": "s1",
            "section": "business",
            "title": "Greetings from Đà Nẵng, 岡山 and दिल्ली",
            "kind": "action",
            "presenter": "Ana Ruiz",
            "minutes": 15,
            "recommended_action": "Approve.",
            "text": "One.\n\nTwo.",
            "outcome": "approved",
            "inquiry": "from-tainan",
            "continued_from": "earlier",
        },
        {
            "key": "earlier",
            "meeting": "m1",
            "section": "new-business",
            "title": "Greetings",
            "kind": "discussion",
        },
        {"meeting": "m1", "section": "new-business", "title": "A second one", "kind": "information"},
        {"meeting": "m1", "section": "reports", "title": "Chair", "kind": "information", "position": 4},
    ],
    "cities": [
        {
            "key": "tainan",
            "name": "Tainan",
            "native_name": "臺南",
            "country": "TW",
            "region": "Southern Taiwan",
            "population": 1856642,
            "zone": "Asia/Taipei",
            "latitude": 22.99083,
            "longitude": 120.213331,
        },
        {"key": "hue", "name": "Huế", "country": "VN"},
    ],
    "inquiries": [
        {
            "key": "from-tainan",
            "direction": "incoming",
            "procedure": "incoming",
            "city": "tainan",
            "received_on": "2026-05-12",
            "channel": "email",
            "contact": "王",
            "summary": "Schools.\n\nOrchids.",
        },
        {
            "key": "to-hue",
            "direction": "own-initiative",
            "city": "hue",
            "received_on": "2026-02-01",
            "closed": {"on": "2026-06-01", "as": "withdrawn"},
        },
    ],
    "steps": [
        {
            "inquiry": "from-tainan",
            "step": "answer",
            "done_on": "2026-05-14",
            "by": "Ana Ruiz",
            "proof": {"kind": "letter", "text": "E-mail of May 14"},
        },
        {"inquiry": "from-tainan", "step": "contact", "done_on": "2026-05-20", "proof": {"kind": "letter"}},
        {"inquiry": "to-hue", "step": "research", "done_on": "2026-03-01"},
    ],
    "letters": [
        {
            "key": "first",
            "inquiry": "from-tainan",
            "direction": "in",
            "on": "2026-05-12",
            "channel": "email",
            "contact": "王",
            "subject": "來自臺南的問候",
            "text": "Greetings.\nTainan",
        },
        {
            "key": "plain",
            "direction": "out",
            "on": "2026-05-14",
            "channel": "phone",
            "follow_up_on": "2026-05-28",
        },
    ],
    "attendance": [
        {
            "meeting": "m1",
            "contact": "ana",
            "state": "present",
            "arrived": "2026-05-29T01:02:03.000004Z",
            "left": "2026-05-28T19:30:00-07:00",
        },
        {
            "meeting": "m1",
            "contact": "jose",
            "state": "remote",
            "remote_reason": "Travel",
            "seat": None,
            "left": "2026-05-28T18:03:00-07:00",
        },
        {"meeting": "m1", "contact": "mai", "state": "present"},
    ],
    "postings": [
        {"meeting": "m1", "place": "City Hall", "by": "Ana", "posted_at": "2026-05-25T17:30:00-07:00"},
        {
            "meeting": "m1",
            "place": "Library",
            "posted_at": "2026-05-25T18:30:00-07:00",
            "voided": {"on": "2026-05-26", "reason": "Taken down by the wind"},
        },
    ],
}

#: What happened at two meetings: beside RICH.
SITTINGS: dict[str, Any] = {
    "meetings": [
        {
            "key": "june",
            "kind": "regular",
            "starts": "2026-06-25T18:00",
            "place": "City Hall",
            "state": "held",
        }
    ],
    "agenda_items": [
        {
            "key": "minutes",
            "meeting": "june",
            "section": "approve-minutes",
            "title": "Minutes",
            "kind": "action",
        }
    ],
    "proceedings": [
        {
            "meeting": "m1",
            "called_at": "2026-05-28T18:03:00-07:00",
            "presiding": "ana",
            "current_item": "earlier",
            "adjourned_at": "2026-05-28T19:31:00-07:00",
        },
        {"meeting": "june"},
    ],
    "recesses": [
        {"meeting": "m1", "from_at": "2026-05-28T18:40:00-07:00", "until_at": "2026-05-28T18:50:00-07:00"},
        {"meeting": "june", "from_at": "2026-06-25T19:00:00-07:00"},
    ],
    "departures": [
        {
            "meeting": "m1",
            "contact": "ana",
            "left_at": "2026-05-28T18:20:00-07:00",
            "returned_at": "2026-05-28T18:25:00-07:00",
        }
    ],
    "seatings": [
        {
            "meeting": "m1",
            "contact": "mai",
            "seat": "regular-10",
            "from_at": "2026-05-28T18:04:00-07:00",
            "until_at": "2026-05-28T18:55:00-07:00",
        },
        {
            "meeting": "m1",
            "contact": "mai",
            "seat": "regular-10",
            "from_at": "2026-05-28T18:55:00-07:00",
        },
    ],
    "recusals": [
        {
            "meeting": "m1",
            "contact": "ana",
            "item": "earlier",
            "from_at": "2026-05-28T18:10:00-07:00",
            "until_at": "2026-05-28T18:18:00-07:00",
            "reason": "Her employer is paid for the visit.\nShe left the room.",
        }
    ],
    "motions": [
        {
            "key": "approve-may",
            "meeting": "june",
            "item": "minutes",
            "position": 1,
            "purpose": "minutes",
            "minutes_of": "m1",
            "text": "Approve the minutes of May 28 as corrected",
            "mover": "ana",
            "seconder": "王",
            "method": "unanimous-consent",
            "closed": {
                "at": "2026-06-25T18:12:00-07:00",
                "result": "carried",
                "regular_seats": 11,
                "quorum_basis": "filled",
                "quorum_needed": 2,
                "quorum_present": 2,
            },
        },
        {
            "key": "amend",
            "meeting": "m1",
            "item": "earlier",
            "position": 2,
            "purpose": "amendment",
            "amends": "greet",
            "text": "Add “and to its schools”",
            "closed": {"at": "2026-05-28T18:14:00-07:00", "result": "no-second"},
            "voided": {"on": "2026-05-29", "reason": "Entered twice"},
        },
        {
            "key": "greet",
            "meeting": "m1",
            "item": "earlier",
            "text": "Send greetings to Đà Nẵng",
            "position": 1,
            "mover": "王",
            "method": "roll-call",
            "threshold": "two-thirds",
            "moved_at": "2026-05-28T18:12:00-07:00",
            "closed": {
                "at": "2026-05-28T18:16:00-07:00",
                "result": "failed",
                "regular_seats": 11,
                "quorum_basis": "seats",
                "quorum_needed": 6,
                "quorum_present": 6,
            },
        },
        {"meeting": "june", "text": "Adjourn", "purpose": "adjourn", "mover": "ana"},
    ],
    "votes": [
        {"motion": "greet", "contact": "ana", "seat": "regular-1", "answer": "recused"},
        {"motion": "greet", "contact": "mai", "seat": "regular-10", "answer": "no"},
        {"motion": "greet", "contact": "jose", "seat": "regular-10", "answer": "absent"},
        {"motion": "greet", "contact": "王", "answer": "aye"},
        {"motion": "approve-may", "contact": "ana", "seat": "regular-1", "answer": "aye"},
    ],
    "speakers": [
        {"meeting": "m1", "position": 1, "name": "Łucja O’Neil", "text": "Asked about buses."},
        {"meeting": "m1", "position": 2, "item": "earlier"},
    ],
    "action_items": [
        {
            "key": "letter",
            "meeting": "m1",
            "item": "earlier",
            "text": "Write to the school",
            "contact": "ana",
            "due_on": "2026-06-15",
            "done": {"on": "2026-06-12", "note": "Sent by mail"},
        },
        {"meeting": "m1", "text": "Bring the budget", "due_next_meeting": True},
        {"meeting": "june", "text": "Find a hall", "done": {"on": "2026-07-01"}},
    ],
    "item_notes": [
        {
            "item": "earlier",
            "began_at": "2026-05-28T18:09:00-07:00",
            "spent_seconds": 540,
            "style": "summary",
            "text": "José reported.\n\nTwo members asked about the cost.",
            "referred_to": "The budget committee",
            "pulled": True,
            "added": "arose-after-posting",
        },
        {"item": "minutes"},
    ],
    "minutes": [
        {
            "meeting": "m1",
            "style": "summary",
            "opening": "The flag was saluted.",
            "closing": "The Chair thanked everybody.",
            "approved": {
                "on": "2026-06-25",
                "motion": "approve-may",
                "as_corrected": True,
                "sha256": "ab" * 32,
            },
        },
        {"meeting": "june"},
    ],
    "corrections": [
        {"meeting": "m1", "on": "2026-07-02", "by": "Ana Ruiz", "text": "The hall was the library’s."},
        {"meeting": "m1", "on": "2026-07-02", "text": "The hall was the library’s."},
    ],
}

_SHEET = {
    "body_name": "Alder Glen",
    "full_name": "Alder Glen Sister Cities Commission",
    "city_line": "City of Alder Glen, California",
    "date_line": "January 15, 2026",
    "subject": "Thank you",
    "text": "With our thanks.",
}
_PAPER = {
    **_SHEET,
    "title": "Receipt",
    "to_lines": ["Ana Ruiz"],
    "facts": [["Amount", "$250.00"]],
    "number": "",
}
_BOUNCED = {"on": "2026-03-10", "reason": "The bank returned the check."}

#: The treasurer's books: beside RICH, with something in every field.
TREASURY: dict[str, Any] = {
    "campaigns": [{"key": "trees", "name": "Trees"}],
    "pledges": [
        {
            "key": "t-p1",
            "kind": "money",
            "donor": "ana",
            "campaign": "trees",
            "pledged_on": "2025-03-01",
            "amount_cents": 50_000,
            "schedule": {"every": "once", "first_on": "2026-03-01"},
            "asked_by": "mai",
            "condition": "If the city gives the ground",
            "condition_met_on": "2026-01-20",
        },
        {
            "key": "t-match",
            "kind": "money",
            "donor": "asca",
            "campaign": "trees",
            "pledged_on": "2026-01-05",
            "amount_cents": 100_000,
            "schedule": {"every": "once", "first_on": "2026-12-01"},
            "match_percent": 50,
            "matches": "t-p1",
            "match_until": "2026-11-30",
        },
        {
            "key": "t-kind",
            "kind": "in-kind",
            "donor": "jose",
            "campaign": "trees",
            "pledged_on": "2026-01-05",
            "description": "Saplings",
            "unit": "trees",
            "quantity": 12,
        },
    ],
    "payments": [
        {
            "key": "t-y1",
            "payer": "ana",
            "received_on": "2025-12-20",
            "amount_cents": 30_000,
            "method": "check",
            "campaign": "trees",
            "allocations": [{"pledge": "t-p1", "due_on": "2026-03-01", "amount_cents": 25_000}],
            "asked_by": "mai",
            "goods": "A dinner",
            "goods_cents": 2_500,
            "reference": "2001",
        },
        {
            "key": "t-y2",
            "payer": "asca",
            "received_on": "2026-02-01",
            "amount_cents": 20_000,
            "method": "donor-advised-fund",
            "campaign": "trees",
            "adviser": "jose",
        },
        {
            "key": "t-y3",
            "payer": "jose",
            "received_on": "2026-03-01",
            "amount_cents": 4_000,
            "campaign": "trees",
            "voided": _BOUNCED,
        },
    ],
    "deliveries": [
        {
            "key": "t-d1",
            "pledge": "t-kind",
            "on": "2026-02-14",
            "quantity": 5,
            "contact": "王",
            "note": "Brought by truck",
        }
    ],
    "deposits": [
        {
            "key": "t-b1",
            "on": "2026-02-02",
            "account": "Checking",
            "reference": "0007",
            "payments": ["t-y2", "t-y1"],
        },
        {
            "key": "t-b2",
            "on": "2026-03-02",
            "payments": ["t-y3", "t-y2"],
            "voided": {"on": "2026-03-03", "reason": "Brought the wrong checks"},
        },
    ],
    "refunds": [
        {
            "key": "t-r1",
            "payment": "t-y1",
            "on": "2026-02-20",
            "amount_cents": 6_000,
            "method": "check",
            "reference": "501",
            "reason": "Paid too much",
            "parts": [{"pledge": "t-p1", "amount_cents": 1_000}],
        },
        {
            "key": "t-r2",
            "payment": "t-y2",
            "on": "2026-03-05",
            "amount_cents": 500,
            "reason": "A mistake",
            "voided": {"on": "2026-03-06", "reason": "It was right"},
        },
    ],
    "receipts": [
        {
            "key": "t-q1",
            "number": 1,
            "kind": "full",
            "issued_on": "2026-01-15",
            "contact": "ana",
            "payment": "t-y1",
            "amount_cents": 30_000,
            "content": _PAPER,
            "voided": {"on": "2026-02-20", "reason": "Refund of 60.00"},
        },
        {
            "number": 2,
            "kind": "short",
            "issued_on": "2026-02-20",
            "contact": "ana",
            "payment": "t-y1",
            "amount_cents": 24_000,
            "content": _PAPER,
        },
        {
            "number": 3,
            "kind": "lost",
            "issued_on": "2026-02-21",
            "voided": {"on": "2026-02-21", "reason": "Lost with the laptop"},
        },
        {
            "number": 4,
            "kind": "in-kind",
            "issued_on": "2026-02-21",
            "contact": "jose",
            "delivery": "t-d1",
            "content": {**_PAPER, "title": "Receipt in kind", "facts": [["Gift", "5 trees"]]},
        },
        {
            "number": 5,
            "kind": "fund",
            "issued_on": "2026-03-07",
            "contact": "asca",
            "payment": "t-y2",
            "amount_cents": 20_000,
            "content": _PAPER,
        },
        {
            "number": 1,
            "kind": "short",
            "issued_on": "2025-12-21",
            "contact": "ana",
            "payment": "t-y1",
            "amount_cents": 30_000,
            "content": _PAPER,
            "voided": {"on": "2026-01-15", "reason": "Wrong address"},
        },
    ],
    "statements": [
        {
            "key": "t-s1",
            "contact": "ana",
            "from": "2025-01-01",
            "to": "2025-12-31",
            "issued_on": "2026-01-20",
            "amount_cents": 30_000,
            "content": {
                **_SHEET,
                "to_lines": ["Ana Ruiz"],
                "address_lines": [],
                "footer": "Statement of gifts",
                "blocks": [
                    {
                        "heading": "Contributions",
                        "table": {
                            "columns": [{"title": "Day"}, {"title": "Amount", "numeric": True}],
                            "rows": [["Dec 20, 2025", "300.00"]],
                            "total": ["Total", "$300.00"],
                        },
                    }
                ],
            },
        }
    ],
    "donor_letters": [
        {
            "key": "t-l1",
            "contact": "ana",
            "pledge": "t-p1",
            "kind": "reminder",
            "tone": "gentle",
            "on": "2026-03-20",
            "sending": "email",
            "subject": "Your pledge",
            "text": "Dear Ana,\n\nmay we remind you?",
            "amount_cents": 26_000,
        },
        {"contact": "jose", "kind": "thanks", "on": "2026-02-15"},
    ],
    "wordings": [
        {"paper": "reminder-gentle", "subject": "A word", "text": "Dear {name},\n\nthe pledge is open."}
    ],
    "volunteer_hours": [
        {
            "key": "t-h1",
            "contact": "mai",
            "on": "2026-02-14",
            "minutes": 90,
            "campaign": "trees",
            "what": "Planting",
        },
        {"contact": "kid", "on": "2026-02-14", "minutes": 60, "what": "Watering"},
    ],
    "year_closings": [
        {
            "key": "t-c1",
            "from": "2025-01-01",
            "to": "2025-12-31",
            "closed_on": "2026-01-31",
            "closed_by": "Ana Ruiz",
            "note": "After the audit",
        },
        {
            "from": "2024-01-01",
            "to": "2024-12-31",
            "closed_on": "2025-01-31",
            "voided": {"on": "2025-02-10", "reason": "A check turned up"},
        },
    ],
}

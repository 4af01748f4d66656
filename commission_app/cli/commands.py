"""The commands there are and where each is defined; imports nothing, so that asking costs nothing."""

from typing import Final

#: Command -> (module, function, short help).
COMMANDS: Final = {
    "new": ("files", "new", "Create a file from a rule pack."),
    "sample": ("files", "sample", "Create the Alder Glen sample."),
    "check": ("lists", "check", "What needs attention and what is in order."),
    "meetings": ("lists", "meetings", "The meetings, with posting deadline and quorum."),
    "motions": ("business", "motions", "The motions, with result and votes by name."),
    "action-items": ("business", "action_items", "What somebody has to do, and by when."),
    "members": ("lists", "members", "The seats and who holds them."),
    "memberships": ("lists", "memberships", "The community organizations and their members."),
    "inquiries": ("inquiries", "inquiries", "The inquiries, with clock and steps."),
    "campaigns": ("fundraising", "campaigns", "The campaigns, and how far each has come."),
    "pledges": ("fundraising", "pledges", "The pledges, each as it stands."),
    "payments": ("fundraising", "payments", "The payments received."),
    "deposits": ("deposits", "deposits", "The payments brought to the bank."),
    "aging": ("fundraising", "aging", "What is open by age."),
    "agenda": ("papers", "agenda", "Print the agenda of a meeting."),
    "minutes": ("business", "minutes", "Print the minutes of a meeting."),
    "paper": ("papers", "paper", "Print any other paper."),
    "guide": ("guides", "guide", "Print the quick guide of an officer."),
    "import": ("records", "import_rows", "Import contacts, memberships, pledges or payments."),
    "export": ("records", "export", "Write one list or the whole record."),
    "load": ("records", "load", "Add an open record, all or nothing, or a parcel."),
    "copy": ("copies", "copy", "Write a reading copy for another officer."),
    "parcel": ("copies", "parcel", "Write what was entered in a reading copy as a parcel."),
    "open-copy": ("copies", "open_copy", "Open a copy that is locked with a passphrase."),
    "handover": ("copies", "handover", "Hand the record over to a new keeper."),
    "backup": ("files", "backup", "Make a backup now."),
    "restore": ("files", "restore", "Put a backup in the file's place."),
    "verify": ("files", "verify", "Check the file itself."),
    "history": ("history", "history", "What was done, by whom and when."),
    "erase": ("history", "erase", "Erase a person's data everywhere in the file."),
    "self-test": ("self_test", "self_test", "Try everything on a temporary file."),
}

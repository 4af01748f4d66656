"""The list of inquiries with their clocks."""

from pathlib import Path

from commission_app.cli.calls import FILE, Call, command, pass_call
from commission_app.cli.columns import columns
from commission_app.cli.lists import headed
from commission_app.domain.clock_words import chip_text
from commission_app.domain.dates import moment_text, weekday_text


@command("inquiries")
@FILE
@pass_call
def inquiries(call: Call, file: Path) -> None:
    """The inquiries in the order of their receipt, each with its clock and its steps."""
    with call.reading(file) as session:
        views = session.inquiries.all()
        entries = session.record.by_key("inquiries")
        done = {(entry["inquiry"], entry["step"]): entry for entry in session.record.entries("steps")}
        listed = []
        for view in views:
            key = view.inquiry.key
            steps = [
                {
                    "step": line.slug,
                    "title": line.title,
                    "state": line.state.value,
                    **{name: done.get((key, line.slug), {}).get(name) for name in ("done_on", "by", "proof")},
                }
                for line in view.steps
            ]
            clock = view.clock.values() if view.clock else None
            listed.append({**entries[key], "computed": {"clock": clock, "steps": steps}})
        document = headed(session, "inquiries", listed)
    rows = []
    for view in views:
        following = view.clock.next_listable if view.clock and view.clock.is_running else None
        rows.append(
            [
                weekday_text(view.inquiry.received_on),
                view.place,
                view.inquiry.direction.value,
                chip_text(view.clock) if view.clock else "",
                moment_text(following.cutoff) if following and not following.is_listed else "",
                f"{view.steps_done} of {len(view.steps)}",
                view.inquiry.closed_as.value if view.inquiry.closed_as else "",
                view.inquiry.key,
            ]
        )
    heads = ["Received", "City", "Direction", "Clock", "List it by", "Steps", "Closed", "Key"]
    call.answer(document, lambda: columns(rows, heads) or ["There are no inquiries yet."])

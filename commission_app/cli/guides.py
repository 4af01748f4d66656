"""The quick guides on paper."""

from pathlib import Path

import click

from commission_app.cli.calls import Call, command, output_to, pass_call


@command("guide")
@click.argument("role", type=click.Choice(["secretary", "chair", "treasurer"]))
@output_to("The guide, ending in .pdf.")
@click.option("--paper", type=click.Choice(["letter", "a4"]), default="letter", show_default=True)
@pass_call
def guide(call: Call, role: str, output: Path, paper: str) -> None:
    """Print the two-page quick guide for the secretary, the chair or the treasurer."""
    from commission_app.documents.guide import draw
    from commission_app.exchange.whole_files import write_whole

    if output.suffix.lower() != ".pdf":
        raise click.BadParameter("The guide is written to a file that ends in .pdf.", param_hint="-o")
    path = write_whole(output, draw(role, paper).data)
    call.answer({"guide": role, "paper": str(path)}, [str(path)])

"""What the packed program runs."""

from commission_app.__main__ import main

main()

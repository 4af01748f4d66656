"""Commission App: the record of a volunteer sister cities commission."""

__version__ = "0.1.0"

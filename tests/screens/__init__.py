"""Every page, tab, form, dialog and paper as pictures to look at: python -m tests.screens FOLDER."""

"""Parts of the window that know Qt and no rule of the commission."""

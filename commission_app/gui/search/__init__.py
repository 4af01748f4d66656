"""Search and do (Ctrl+K): any record, page, action, paper and help page, by what people type."""

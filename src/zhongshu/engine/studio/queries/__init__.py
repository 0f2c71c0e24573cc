"""Questions about scenarios in the making: `drafts`, what there is to say of them (`findings`), how two differ."""

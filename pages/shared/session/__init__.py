"""Who has the page open: state, sign-in, drafts, files and presses."""

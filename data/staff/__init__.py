"""Officials: who is signed in, what was done, long jobs, and how often anybody may try."""

"""Who is affected, who was heard, who is missing, and where they were asked."""

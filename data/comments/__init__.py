"""What was received, and how it is counted: submissions, published comments, results."""

"""Letters to those who asked for one: notices, addresses, words and the sender."""

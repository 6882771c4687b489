"""Which neighbourhoods a decision affects most, and whom to reach next."""

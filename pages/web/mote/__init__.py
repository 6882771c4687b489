"""Meeting mode: seven screens for a committee at a table, from figures that stand still."""

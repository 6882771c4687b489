"""Entering for others: what came by letter, phone, at meetings and from schools."""

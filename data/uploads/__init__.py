"""Hostile bytes stop here: the GIS files and tables that somebody sends."""

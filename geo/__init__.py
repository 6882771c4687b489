"""Pure geography and statistics: frames in, new frames out.

Nothing here may read a file, a clock, a database or the network, or import streamlit.
"""

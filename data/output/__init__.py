"""What is taken away: report, meeting, exports, archive, feed and maps for paper."""

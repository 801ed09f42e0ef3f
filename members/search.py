"""What the search index knows of members."""

"""Weeks and months of machines as their pages show them: pure data, made of times that somebody else has read."""

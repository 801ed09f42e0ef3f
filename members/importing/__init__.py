"""The spreadsheets an agency has, on their way in: what columns mean, what rows would change."""

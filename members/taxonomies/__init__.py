"""The reference tables as they come with the portal, and looking things up in them."""

"""Photos of delegates: taking them in with a preview, giving them by hand, removing them."""

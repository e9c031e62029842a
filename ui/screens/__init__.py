"""One folder a screen: a view holds widgets, a controller holds conditions."""

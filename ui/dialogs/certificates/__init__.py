"""Certificates of attendance: the rule, who fulfils it, making and revoking them."""

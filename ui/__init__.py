"""The screens of the check-in station; everything here needs Qt."""

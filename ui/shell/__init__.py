"""The main window: header, navigation and the place where screens stand."""

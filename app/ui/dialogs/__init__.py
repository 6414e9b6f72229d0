"""The dialogs that two pages or more share."""

"""What leaves the house: tables as files, reports by e-mail, tokens of the API."""

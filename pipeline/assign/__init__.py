"""Register and roster → who has to do what by when, with the reason; what cannot be assigned is a finding."""

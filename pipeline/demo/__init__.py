"""A company to try Akses with: its people, their mail programs, and a day in their life."""

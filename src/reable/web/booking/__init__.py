"""What the person's and the clinic's pages share where a visit is booked: forms, and times in words."""

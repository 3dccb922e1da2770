"""Who signs in, and with which roles in which clinics."""

"""What happened: reads the PBX's records into the database, sums them up, and answers questions about them."""

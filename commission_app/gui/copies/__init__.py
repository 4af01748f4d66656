"""Three laptops: giving copies, sending back and loading parcels, handing the record over."""

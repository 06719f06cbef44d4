"""What each operation and page costs as a marketplace grows."""

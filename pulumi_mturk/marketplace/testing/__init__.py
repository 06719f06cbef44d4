"""What tests of clients inject or record: faults, a rate limit, the calls that came in."""

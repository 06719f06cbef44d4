"""A made-up crowd that takes the tests and does the HITs of a marketplace: how many of whom a rule set lets in."""

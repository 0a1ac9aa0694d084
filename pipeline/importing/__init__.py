"""Taking over the register a company already has: read, map, judge, record its rows. Asks nobody."""

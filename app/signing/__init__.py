"""TTE: certificates of officers, PAdES signatures and their local proof; pyHanko lives here only."""

"""What is done for a delegation: one receives for others, receipts, who is missing, the quorum."""

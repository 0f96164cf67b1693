"""What things cost: ratios measured in one run, with the facts of the machine; nothing here passes or fails."""

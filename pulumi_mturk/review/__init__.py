"""What a plan does to people and money: a preview read, its risks, and its report in four formats."""

"""How figures are put into words and pounds: what every report, paper and table says alike."""

"""Words for the register's figures in templates."""

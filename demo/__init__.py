"""Sample exports of one invented company, the truth behind them, and their generator."""

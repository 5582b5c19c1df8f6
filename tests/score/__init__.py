"""The scoreboard: sheets as people really fill them, made with known truth, and how well they are read."""

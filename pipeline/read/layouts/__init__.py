"""Grids → records with places, one module a layout: list, turned list, cards."""

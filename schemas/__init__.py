"""Declarations: what the office fills, who fills it, by when. A package a procedure."""

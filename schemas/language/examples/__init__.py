"""A small whole example of each thing that a declaration may say: the pages docs/declarations.md and docs/zh/写流程.md show them.

Each module declares a ``PROCEDURE`` of its own, which a test loads and checks; nothing is in force.
"""

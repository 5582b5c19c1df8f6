"""A simulated office: people do what people do with papers, and an oracle of its own says what the register may hold."""

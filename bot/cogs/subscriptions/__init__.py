"""Topics and questions that people subscribe to, and notifications of matching articles."""

"""Ask: questions in commands, messages and forms, and the buttons under answers."""

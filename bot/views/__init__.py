"""What is sent to Discord and pressed there: replies, buttons and forms."""

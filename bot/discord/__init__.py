"""What the features share of Discord: permissions, replies, components, markdown."""

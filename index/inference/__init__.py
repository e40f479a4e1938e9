"""Running the packaged weights on the CPU without torch: checked, converted once, compiled."""

"""Commands and messages: each cog turns an interaction into a library call and its reply."""

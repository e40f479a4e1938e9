"""The chat, the articles and the gaps as a web page; `bot.web.app` starts it."""

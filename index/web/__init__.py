"""Fetch public web pages, safely and as sites allow."""

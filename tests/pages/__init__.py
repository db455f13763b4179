"""The pages without a browser: what they show, and what happens when something is pressed."""

"""What the command line can do: one module for each command. Whatever a page can do, can be done here too."""

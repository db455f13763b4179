"""One interview, pure: a situation and a choice go in, a step comes out; events are the record."""

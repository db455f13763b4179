"""The parts of the studio's pages, in which instructors write scenarios and rubrics."""

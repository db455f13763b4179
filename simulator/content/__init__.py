"""What authors write: scenarios, behaviours and rubrics, read with their positions and checked."""

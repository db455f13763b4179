"""The way up from every database a release has made. Run by `simulator.records.upgrade`."""

"""What results say over several attempts."""

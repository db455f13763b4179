"""What is kept: people, attempts and their events, and the texts they were played with. The only home of SQLAlchemy."""

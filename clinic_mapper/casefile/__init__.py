"""What was told: a matter, its client facts and touchpoints, partial dates and places. Immutable values."""

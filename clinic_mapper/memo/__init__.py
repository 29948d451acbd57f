"""What may be said: compose, withhold, draw, then read the finished file again and prove it."""

"""What follows: catalog x casefile -> ExposureMap. Pure functions; same input, same output, byte for byte."""

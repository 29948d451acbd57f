"""Clinic Mapper: the likely routes by which records about a person reach ICE, from a cited catalog, offline."""

__version__ = "0.1.0"

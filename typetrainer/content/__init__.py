"""Packs: what there is to type and to answer."""

"""One pure view per screen: a picture's data and a size in, a frame out."""

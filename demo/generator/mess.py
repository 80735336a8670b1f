"""x"""
def add(exports, world):
    pass

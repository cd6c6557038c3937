"""How well what analysis finds agrees with labels that people gave."""

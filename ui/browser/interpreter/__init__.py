"""Pyodide's interpreter, as far as it is kept on the device."""

"""CodeMirror, the editor inside of PyScript's: what PyScript does not hand out."""

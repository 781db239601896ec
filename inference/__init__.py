"""The segmentation worker's own modules: where the weights come from and how they are run.

``model_store`` is the one place of the Python sources that fetches; ``session`` is the one place
that calls onnxruntime-web.
"""

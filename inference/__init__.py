"""The segmentation worker's own modules: where the weights come from and how they are run.

``model_store`` is the one place of the Python sources that fetches; ``unpack`` restores
them; ``session`` is the one place that starts onnxruntime-web.
"""

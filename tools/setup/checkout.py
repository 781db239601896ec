"""Where the checkout lies: one answer for every tool."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The checkout's folder."""

CANARY = "models/canary.safetensors"
"""Path of the graphics card's test picture and the processor's answer to it."""

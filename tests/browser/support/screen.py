"""What the eye and the fingers need."""

FINGER = 44
"""Smallest side of what a finger has to hit, in CSS pixels (WCAG 2.2, 2.5.5)."""


SMALL_TARGETS = """least => [...document.querySelectorAll('button, a[href], select, input')]
  .filter((element) => element.checkVisibility({visibilityProperty: true}))
  .map((element) => [element, (element.closest('label') ?? element).getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && (box.width < least || box.height < least))
  .map(([element, box]) => `${element.id || element.textContent}: ${box.width} x ${box.height}`)"""

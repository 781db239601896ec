"""Every power of the browser that the page uses, and nothing else.

Only the files of this folder touch fetch, caches, private files, the clipboard, downloads, sharing,
workers, locks, history and storage. An auditor reads this folder and is done with the page.
"""

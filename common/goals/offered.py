"""The goals in the order of the screen; another one is a file like theirs, named here."""

from common.goals import email, favicon, marketplace, printing, profile, web

GOALS = tuple([module.GOAL for module in (marketplace, profile, email, web, favicon, printing)])

"""The HTTPS proxy that stands in for MTurk's two hosts, and its certificate authority."""

"""The outside world by wire and by file: e-mail out, attachments and application packages in."""
